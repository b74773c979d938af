import type { Setting } from "../build/index.js";
import type { Json } from "../manifest/manifest.js";

/** A JSON Schema, as far as settings need it. */
export interface Schema {
  type?: string | string[];
  enum?: string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: false;
}

const simple: Record<string, Schema> = {
  text: { type: "string" },
  flag: { type: "boolean" },
  number: { type: "number" },
  "whole number": { type: "integer" },
  secret: {
    type: ["string", "object"],
    properties: Object.fromEntries(["sha256", "env", "file"].map((key) => [key, { type: "string" }])),
    additionalProperties: false,
  },
};

/**
 * The JSON Schema of a filter's configuration, from the settings that its code declares. It knows no null, which counts as
 * absent: see `withoutNulls`.
 */
export function settingsSchema(settings: readonly Setting[]): Schema {
  const root = objectSchema();
  for (const setting of settings) add(root, setting.path.split("."), setting);
  return root;
}

/** A configuration without the settings that are null. */
export function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== "object") return value;
  const given = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(given.map(([key, member]) => [key, withoutNulls(member)]));
}

function add(parent: Schema, [step, ...rest]: string[], setting: Setting): void {
  const key = step!.replace(/\[\]$/, "");
  const properties = parent.properties!;
  if (rest.length > 0) return add(insideOf(properties[key]!), rest, setting);
  properties[key] = schemaOf(setting.type);
  if (setting.required) parent.required!.push(key);
}

/** Objects come before what is in them. */
function insideOf(schema: Schema): Schema {
  return schema.items ?? schema;
}

function schemaOf(type: string): Schema {
  if (type === "object") return objectSchema();
  const options = /^one of (.*)$/.exec(type)?.[1];
  if (options !== undefined) return { enum: options.split(", ") };
  const item = /^list of (.*?)(s?)$/.exec(type)?.[1];
  if (item === undefined) return simple[type] ?? {};
  return { type: "array", items: item === "object" ? objectSchema() : (simple[item] ?? {}) };
}

function objectSchema(): Schema {
  return { type: "object", properties: {}, required: [], additionalProperties: false };
}
