import type { ResourceSchema } from "../../../../tools/validate/resources/words.js";
import type { CrdSchema } from "./crds.js";

/** What is known to differ, by path: rules that are left out, and own rules that stand for a `oneOf`. */
export interface Known {
  leftOut: Record<string, string[]>;
  own: Record<string, string[]>;
}

const limits = [
  "minLength",
  "maxLength",
  "pattern",
  "minimum",
  "maximum",
  "minItems",
  "maxItems",
  "maxProperties",
];
/** What the API server sees to for all kinds. */
const ofAll = ["apiVersion", "kind", "metadata"];
const int32 = { minimum: -2147483648, maximum: 2147483647 };

/** Where one of our schemas says something else than the cluster's, a line each. */
export function differences(ours: ResourceSchema, crd: CrdSchema, known: Known, path = ""): string[] {
  if (Object.keys(ours).length === 0) return [];
  const isRoot = path === "";
  const compare = (what: string, own: unknown, theirs: unknown) => {
    const [a, b] = [own, theirs].map((value) => JSON.stringify(value) ?? "nothing");
    return a === b ? [] : [`${path} ${what}: ${a}, and ${b} in the cluster`];
  };
  return [
    ...compare("type", typesOf(ours), isRoot ? ["object"] : typesOfCrd(crd)),
    ...compare("enum", sorted(ours.enum), sorted(enumOf(crd))),
    ...limits.flatMap((limit) => compare(limit, ours[limit as keyof ResourceSchema], limitOf(crd, limit))),
    ...compare("required", without(ours.required, isRoot), without(crd.required, isRoot)),
    ...compare("fields", without(keys(ours.properties), isRoot), without(keys(crd.properties), isRoot)),
    ...compare("list key", ours.distinctBy, crd["x-kubernetes-list-map-keys"]?.join()),
    ...compare("rules", messagesOf(ours), expectedMessages(crd, known, path)),
    ...compare("oneOf", "oneOf" in crd && known.own[path] === undefined ? undefined : "told", "told"),
    ...inside(ours, crd, known, path),
  ];
}

function inside(ours: ResourceSchema, crd: CrdSchema, known: Known, path: string): string[] {
  const { properties = {}, items, additionalProperties } = ours;
  const names = Object.keys(properties).filter(
    (name) => crd.properties?.[name] && !(path === "" && ofAll.includes(name)),
  );
  return [
    ...names.flatMap((name) =>
      differences(properties[name]!, crd.properties![name]!, known, `${path}.${name}`),
    ),
    ...(items && crd.items ? differences(items, crd.items, known, `${path}[]`) : []),
    ...(additionalProperties && crd.additionalProperties
      ? differences(additionalProperties, crd.additionalProperties, known, `${path}.*`)
      : []),
  ];
}

function messagesOf({ rules = [] }: ResourceSchema): string[] {
  return rules.map(({ message }) => message).sort();
}

function expectedMessages(crd: CrdSchema, { leftOut, own }: Known, path: string): string[] {
  const messages = (crd["x-kubernetes-validations"] ?? []).map(({ message }) => message);
  const told = new Set(messages.filter((message) => !leftOut[path]?.includes(message)));
  return [...told, ...(own[path] ?? []).filter((message) => !told.has(message))].sort();
}

function typesOf({ type }: ResourceSchema): string[] {
  return type === undefined ? [] : [type].flat();
}

function typesOfCrd({ type, nullable }: CrdSchema): string[] {
  return [...(type ? [type] : []), ...(nullable ? ["null"] : [])];
}

function limitOf(crd: CrdSchema, limit: string): unknown {
  const implied = crd.format === "int32" ? (int32 as Record<string, number>)[limit] : undefined;
  return crd[limit] ?? implied;
}

/** All of several lists apply at once. */
function enumOf({ enum: own, allOf = [] }: CrdSchema): string[] | undefined {
  const lists = [own, ...allOf.map((one) => one.enum)].filter((list) => list !== undefined);
  const [first, ...others] = lists;
  return first?.filter((value) => others.every((list) => list.includes(value)));
}

function keys(properties: object | undefined): string[] {
  return Object.keys(properties ?? {});
}

function without(names: readonly string[] = [], isRoot: boolean): string[] {
  return names.filter((name) => !isRoot || (!ofAll.includes(name) && name !== "status")).sort();
}

function sorted(values: readonly string[] | undefined): string[] | undefined {
  return values && [...values].sort();
}
