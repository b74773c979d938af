import { Ajv, type ErrorObject, type SchemaValidateFunction, type ValidateFunction } from "ajv";
import type { ResourceSchema, Rule } from "./words.js";

/** Has a value judged by a schema, and by the rules in it. */
export function validatorOf(schema: ResourceSchema): ValidateFunction {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, verbose: true, strictTypes: false });
  ajv.addKeyword({ keyword: "rules", schemaType: "array", validate: obeys, errors: true });
  ajv.addKeyword({
    keyword: "distinctBy",
    type: "array",
    schemaType: "string",
    validate: isDistinct,
    errors: true,
  });
  return ajv.compile(schema);
}

/** A rule cannot make sense of what is no such thing at all; then the schema has said so. */
const obeys: SchemaValidateFunction = (rules: readonly Rule[], self: unknown) => {
  obeys.errors = rules
    .filter((one) => !holds(one, self))
    .map(({ message }) => ({ keyword: "rules", message, params: {} }));
  return obeys.errors.length === 0;
};

function holds(rule: Rule, self: unknown): boolean {
  try {
    return rule.holds(self);
  } catch (error) {
    if (error instanceof TypeError) return true;
    throw error;
  }
}

const isDistinct: SchemaValidateFunction = (key: string, items: Record<string, unknown>[]) => {
  const values = items.map((item) => item?.[key]);
  const twice = values.filter((value, at) => value !== undefined && values.indexOf(value) < at);
  const errors: Partial<ErrorObject>[] = twice.map((value) => ({
    message: `two items of the ${key} ${value}`,
    params: {},
  }));
  isDistinct.errors = errors;
  return errors.length === 0;
};
