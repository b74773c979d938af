import { encodePairs } from "../abi/pairs.js";
import { Status } from "../abi/values.js";
import { toBytes } from "../bytes.js";
import type { Header } from "../types.js";

/**
 * A property: text as a byte string; integers, times and durations as bigint; other numbers as double; a map or
 * message as a tree. Undefined: not there (now).
 */
export type Property = string | bigint | number | boolean | PropertyTree | undefined;

export interface PropertyTree {
  /** A part of it. */
  get(name: string): Property;
  /** The whole as it is handed to a guest; absent where Envoy cannot serialise it. */
  whole?(): Uint8Array;
}

/** The property's bytes, or the status that says why there are none. */
export function resolve(tree: PropertyTree, path: readonly string[]): Uint8Array | number {
  let value: Property = tree;
  for (const part of path) {
    if (typeof value !== "object") return Status.NotFound;
    value = value.get(part);
  }
  if (value === undefined) return Status.NotFound;
  if (typeof value !== "object") return serialise(value);
  return value.whole ? value.whole() : Status.SerializationFailure;
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
  return { get: (name) => joined.get(name.toLowerCase()), whole: () => encodePairs([...joined]) };
}

/** A protobuf message without content. */
export function emptyMessage(parts: Readonly<Record<string, () => Property>> = {}): PropertyTree {
  return fields(parts, () => new Uint8Array());
}

function serialise(value: string | bigint | number | boolean): Uint8Array {
  if (typeof value === "string") return toBytes(value);
  if (typeof value === "boolean") return new Uint8Array([value ? 1 : 0]);
  const bytes = Buffer.alloc(8);
  if (typeof value === "bigint") bytes.writeBigInt64LE(BigInt.asIntN(64, value));
  else bytes.writeDoubleLE(value);
  return bytes;
}
