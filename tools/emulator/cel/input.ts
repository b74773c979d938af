import type { CelInput, CelMap, CelValue } from "@bufbuild/cel";
import { text } from "../bytes.js";
import { ProtoProperty } from "../properties/proto.js";
import { isTree, Time, Unsigned, type Property, type PropertyTree } from "../properties/tree.js";
import { cel, protobuf, wellKnown } from "./library.js";

const nanosecondsInSecond = 1_000_000_000n;
const trees = new WeakMap<object, PropertyTree>();

/** What an expression's names stand for: properties, looked up when they are asked for. */
export function variables(properties: PropertyTree): Record<string, CelInput> {
  const get = (_target: object, name: string | symbol) =>
    typeof name === "string" ? input(properties.get(name)) : undefined;
  return new Proxy({}, { get });
}

/** The properties that a map of an expression stands for. */
export function treeBehind(map: CelValue): PropertyTree | undefined {
  return typeof map === "object" && map !== null ? trees.get(map) : undefined;
}

function input(value: Property): CelInput | undefined {
  if (typeof value === "string") return text(value);
  if (value instanceof Time) return timeInput(value);
  if (value instanceof Unsigned) return cel().celUint(value.value);
  if (value instanceof ProtoProperty) return value.message();
  return isTree(value) ? treeInput(value) : value;
}

function timeInput({ kind, nanoseconds }: Time): CelInput {
  const seconds = nanoseconds / nanosecondsInSecond;
  const nanos = Number(nanoseconds % nanosecondsInSecond);
  const { DurationSchema, TimestampSchema } = wellKnown();
  return protobuf().create(kind === "timestamp" ? TimestampSchema : DurationSchema, { seconds, nanos });
}

function treeInput(tree: PropertyTree): CelMap {
  const map = cel().celMap(new PropertyMap(tree));
  trees.set(map, tree);
  return map;
}

class PropertyMap extends Map<string, CelInput> {
  constructor(private readonly tree: PropertyTree) {
    super();
  }

  override get(name: string): CelInput | undefined {
    return typeof name === "string" ? input(this.tree.get(name)) : undefined;
  }

  override has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  override get size(): number {
    return this.tree.names?.().length ?? 0;
  }

  override keys(): MapIterator<string> {
    return (this.tree.names?.() ?? []).values();
  }

  override *entries(): MapIterator<[string, CelInput]> {
    for (const name of this.keys()) yield [name, this.get(name)!];
  }
}
