/** A JSON Schema of Kubernetes' kind: closed objects, and rules that no schema can say. */
export interface ResourceSchema {
  type?: string | string[];
  enum?: readonly string[];
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  items?: ResourceSchema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, ResourceSchema>;
  required?: readonly string[];
  maxProperties?: number;
  additionalProperties?: false | ResourceSchema;
  /** No two items of the list are alike in this field. */
  distinctBy?: string;
  rules?: readonly Rule[];
}

/** A condition that the cluster checks when a resource is applied, with the cluster's own words where it fails. */
export interface Rule {
  message: string;
  // What a rule looks at was found well by the schema around it, or is told of anyhow.
  holds(self: any): boolean; // eslint-disable-line @typescript-eslint/no-explicit-any
}

/** What is not looked into. */
export const anything: ResourceSchema = {};

export const flag: ResourceSchema = { type: "boolean" };

export function text(limits: Partial<ResourceSchema> = {}): ResourceSchema {
  return { type: "string", ...limits };
}

/** A text from 1 to so many characters. */
export function short(maxLength: number, limits: Partial<ResourceSchema> = {}): ResourceSchema {
  return text({ minLength: 1, maxLength, ...limits });
}

export function oneOf(...values: string[]): ResourceSchema {
  return { type: "string", enum: values };
}

export function whole(minimum: number, maximum: number): ResourceSchema {
  return { type: "integer", minimum, maximum };
}

export const int32 = whole(-2147483648, 2147483647);

export function list(items: ResourceSchema, limits: Partial<ResourceSchema> = {}): ResourceSchema {
  return { type: "array", items, ...limits };
}

export function mapOf(
  additionalProperties: ResourceSchema,
  limits: Partial<ResourceSchema> = {},
): ResourceSchema {
  return { type: "object", additionalProperties, ...limits };
}

/** An object with these fields and no others. */
export function fields(
  properties: Record<string, ResourceSchema>,
  required: readonly string[] = [],
  rules: readonly Rule[] = [],
): ResourceSchema {
  return { type: "object", properties, required, additionalProperties: false, rules };
}

/** Fields that are known and not looked into. */
export function unseen(...names: string[]): Record<string, ResourceSchema> {
  return Object.fromEntries(names.map((name) => [name, anything]));
}

export function rule(message: string, holds: Rule["holds"]): Rule {
  return { message, holds };
}

/** How many of these are there. */
export function count(self: object, ...names: string[]): number {
  return names.filter((name) => (self as Record<string, unknown>)[name] !== undefined).length;
}
