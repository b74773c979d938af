import { encodePairs } from "../abi/pairs.js";
import { Status } from "../abi/values.js";
import { fromBytes, toBytes } from "../bytes.js";
import type { Header } from "../types.js";

/** A point in time, or a length of it, which a guest gets as nanoseconds. */
export class Time {
  constructor(
    readonly kind: "timestamp" | "duration",
    readonly nanoseconds: bigint,
  ) {}
}

/** A whole number without a sign: guests see no difference, expressions do. */
export class Unsigned {
  constructor(readonly value: bigint) {}
}

/** Text as a byte string; integers as bigint; other numbers as double; a map or message as a tree. */
export type Property =
  | string
  | Uint8Array
  | bigint
  | number
  | boolean
  | Time
  | Unsigned
  | PropertyTree
  | undefined;

export interface PropertyTree {
  /** A part of it; undefined: not there (now). */
  get(name: string): Property;
  /** Its parts, where they can be told. */
  names?(): string[];
  /** The whole as it is handed to a guest; absent where Envoy cannot serialise it. */
  whole?(): Uint8Array;
}

/** The property's bytes, or the status that says why there are none. */
export function resolve(tree: PropertyTree, path: readonly string[]): Uint8Array | number {
  let value: Property = tree;
  for (const part of path) {
    if (!isTree(value)) return Status.NotFound;
    value = value.get(part);
  }
  if (value === undefined) return Status.NotFound;
  return serialise(value) ?? Status.SerializationFailure;
}

export function isTree(value: Property): value is PropertyTree {
  return typeof value === "object" && "get" in value;
}

/** As a guest gets it; null: it has no form for guests. */
export function serialise(value: NonNullable<Property>): Uint8Array | null {
  if (typeof value === "string") return toBytes(value);
  if (typeof value === "boolean") return new Uint8Array([value ? 1 : 0]);
  if (value instanceof Uint8Array) return value;
  if (isTree(value)) return value.whole?.() ?? null;
  const bytes = Buffer.alloc(8);
  if (typeof value === "number") bytes.writeDoubleLE(value);
  else bytes.writeBigInt64LE(BigInt.asIntN(64, integer(value)));
  return bytes;
}

function integer(value: bigint | Time | Unsigned): bigint {
  if (typeof value === "bigint") return value;
  return value instanceof Time ? value.nanoseconds : value.value;
}

/** A tree whose parts are looked up when they are asked for. */
export function fields(
  parts: Readonly<Record<string, () => Property>>,
  whole?: () => Uint8Array,
): PropertyTree {
  return { get: (name) => (Object.hasOwn(parts, name) ? parts[name]!() : undefined), whole };
}

/** A map of texts: its whole is a list of pairs. */
export function textMap(pairs: readonly Header[]): PropertyTree {
  const joined = new Map<string, string>();
  for (const [name, value] of pairs) {
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return {
    get: (name) => joined.get(name.toLowerCase()),
    names: () => [...joined.keys()],
    whole: () => encodePairs([...joined]),
  };
}

/** A map of values of any kind: its whole is a list of pairs. */
export function valueMap(values: Readonly<Record<string, NonNullable<Property>>>): PropertyTree {
  const pairs = () =>
    Object.entries(values).map(([name, value]): Header => [name, fromBytes(serialise(value)!)]);
  return {
    get: (name) => (Object.hasOwn(values, name) ? values[name] : undefined),
    names: () => Object.keys(values),
    whole: () => encodePairs(pairs()),
  };
}

/** A protobuf message without content. */
export function emptyMessage(parts: Readonly<Record<string, () => Property>> = {}): PropertyTree {
  return fields(parts, () => new Uint8Array());
}
