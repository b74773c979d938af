import { celEnv, isCelError, parse, plan, type CelInput } from "@bufbuild/cel";
import { Ajv, type ValidateFunction } from "ajv";
import type { CrdSchema } from "./crds.js";

type Value = unknown;

const environment = celEnv();
/** Kubernetes' own extensions of the language, which the library at hand lacks. */
const lacking = /\b(isURL|url)\(/;

/** Why a cluster with this definition would refuse an object: by its schema, or by its rules. */
export function clusterProblems(crd: CrdSchema, object: Value): string[] {
  const filled = structuredClone(object);
  const isSound = validators.get(crd) ?? validatorOf(crd);
  validators.set(crd, isSound);
  // Rules are asked only about what the schema takes.
  if (isSound(filled)) return broken(crd, filled);
  return isSound.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const validators = new WeakMap<CrdSchema, ValidateFunction>();

function validatorOf(crd: CrdSchema): ValidateFunction {
  const formats = { int32: true, int64: true, double: true, "date-time": true, byte: true } as const;
  return new Ajv({ strict: false, allErrors: true, useDefaults: true, formats }).compile(closed(crd, true));
}

/** The API server drops fields that it does not know, which is as bad as refusing them. */
function closed(schema: CrdSchema, isRoot = false): CrdSchema {
  const { properties, items, additionalProperties } = schema;
  const each = Object.entries(properties ?? {}).map(([name, one]) => [name, closed(one)]);
  const open = isRoot ? { apiVersion: {}, kind: {}, metadata: {} } : {};
  const keepsUnknown = schema["x-kubernetes-preserve-unknown-fields"] === true;
  return {
    ...schema,
    ...(properties ? { properties: { ...Object.fromEntries(each), ...open } } : {}),
    ...(items ? { items: closed(items) } : {}),
    ...(properties && !keepsUnknown ? { additionalProperties: false as never } : {}),
    ...(additionalProperties ? { additionalProperties: closed(additionalProperties) } : {}),
  };
}

/** Messages of the rules that do not hold, wherever in the object. */
function broken(schema: CrdSchema, value: Value): string[] {
  if (value === undefined || value === null) return [];
  const rules = (schema["x-kubernetes-validations"] ?? []).filter(({ rule }) => !lacking.test(rule));
  const own = rules.filter(({ rule }) => !holds(rule, value)).map(({ message }) => message);
  if (Array.isArray(value))
    return [...own, ...twins(schema, value), ...value.flatMap((item) => broken(schema.items ?? {}, item))];
  if (typeof value !== "object") return own;
  const inside = ([name, member]: [string, Value]) =>
    broken(schema.properties?.[name] ?? schema.additionalProperties ?? {}, member);
  return [...own, ...Object.entries(value).flatMap(inside)];
}

function twins(schema: CrdSchema, items: Value[]): string[] {
  const key = schema["x-kubernetes-list-map-keys"]?.[0];
  const values = key === undefined ? [] : items.map((item) => (item as Record<string, Value>)[key]);
  return values.some((one, at) => values.indexOf(one) < at) ? [`two items of one ${key}`] : [];
}

function holds(rule: string, self: Value): boolean {
  const value = plan(environment, parse(rule))({ self: inputOf(self) });
  if (isCelError(value)) throw new Error(`${rule}: ${value.message}`);
  return value === true;
}

/** A word of the language itself is escaped where it names a field. */
function inputOf(value: Value): CelInput {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(inputOf) as CelInput;
  if (typeof value !== "object" || value === null) return value as CelInput;
  const entries = Object.entries(value).map(([name, member]): [string, CelInput] => [
    name === "namespace" ? "__namespace__" : name,
    inputOf(member),
  ]);
  return new Map(entries) as unknown as CelInput;
}
