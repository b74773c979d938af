import type { ErrorObject } from "ajv/dist/2020.js";

const TYPES: Record<string, string> = {
  string: "text",
  integer: "a whole number",
  object: "fields",
  array: "a list",
  boolean: "true or false",
};

/** A schema's error as a sentence for whoever wrote the file. */
export function wordingOf(error: ErrorObject): string {
  const { params, data } = error;
  const described = (error.parentSchema as { description?: string } | undefined)?.description;
  switch (error.keyword) {
    case "additionalProperties":
      return `unknown field ${JSON.stringify(params.additionalProperty)}; known are ${knownFields(error)}`;
    case "required":
      return error.schemaPath.includes("/then/")
        ? `expected ${described}`
        : `the field ${JSON.stringify(params.missingProperty)} is missing`;
    case "type":
      return `expected ${TYPES[params.type as string] ?? params.type}, got ${kindOf(data)}`;
    case "enum":
      return `expected one of ${(params.allowedValues as string[]).join(", ")}, got ${kindOf(data)}`;
    case "const":
      return `expected ${JSON.stringify(params.allowedValue)}, got ${kindOf(data)}`;
    case "minProperties":
    case "maxProperties":
      return /\/(then|else)\//.test(error.schemaPath) ? `expected ${described}` : error.message!;
    case "not":
      return (error.schema as { description: string }).description;
    case "anyOf":
    case "pattern":
      return `expected ${described}, got ${kindOf(data)}`;
    case "format":
      return `expected a regular expression, got ${kindOf(data)}`;
    default:
      return error.message ?? error.keyword;
  }
}

function knownFields(error: ErrorObject): string {
  const { properties } = error.parentSchema as { properties?: Record<string, unknown> };
  return Object.keys(properties ?? {}).join(", ");
}

function kindOf(data: unknown): string {
  if (data === null || data === undefined) return "nothing";
  if (Array.isArray(data)) return "a list";
  if (typeof data === "object") return "fields";
  return JSON.stringify(data);
}
