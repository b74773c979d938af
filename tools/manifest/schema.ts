import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ErrorObject } from "ajv";
import { packageRoot } from "../package-root.js";

const schemaPath = join(packageRoot, "docs", "schemas", "filter.schema.json");
const compiled = new Ajv({ allErrors: true, allowUnionTypes: true, verbose: true }).compile(
  JSON.parse(readFileSync(schemaPath, "utf8")),
);

/** What docs/schemas/filter.schema.json finds wrong with a manifest's value; empty where it is well. */
export function schemaErrors(value: unknown): ErrorObject[] {
  if (compiled(value)) return [];
  // A name that does not fit is told of by what is wrong with it, and then once more as such.
  return compiled.errors!.filter(({ keyword }) => keyword !== "propertyNames");
}
