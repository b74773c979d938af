import { decodePairs, encodePairs } from "../abi/pairs.js";
import { lastMapType, Status } from "../abi/values.js";
import { toBytes } from "../bytes.js";
import type { HeaderMap } from "../http/header-map.js";
import { give, known, outside, type Family, type HostCall } from "./call.js";

export const headers: Family = {
  proxy_get_header_map_value(call, type, key, keySize, pointerTarget, sizeTarget) {
    if (!isMap(call, type)) return Status.BadArgument;
    const name = call.memory.readText(key, keySize);
    if (name === null) return outside(call);
    const map = call.context.headerMap(type, "read");
    if (!map) return call.context.logging ? Status.NotFound : Status.BadArgument;
    const value = map.get(name);
    return value === undefined ? Status.NotFound : give(call, toBytes(value), pointerTarget, sizeTarget);
  },

  proxy_add_header_map_value(call, type, key, keySize, value, valueSize) {
    return change(call, type, [key, keySize, value, valueSize], (map, name, text) => map.add(name, text));
  },

  proxy_replace_header_map_value(call, type, key, keySize, value, valueSize) {
    return change(call, type, [key, keySize, value, valueSize], (map, name, text) => map.set(name, text));
  },

  proxy_remove_header_map_value(call, type, key, keySize) {
    return change(call, type, [key, keySize, 0, 0], (map, name) => map.remove(name));
  },

  proxy_get_header_map_pairs(call, type, pointerTarget, sizeTarget) {
    if (!isMap(call, type)) return Status.BadArgument;
    const pairs = call.context.headerMap(type, "read")?.pairs() ?? [];
    const bytes = pairs.length === 0 ? new Uint8Array() : encodePairs(pairs);
    return give(call, bytes, pointerTarget, sizeTarget);
  },

  proxy_set_header_map_pairs(call, type, pointer, size) {
    if (!isMap(call, type)) return Status.BadArgument;
    const bytes = call.memory.read(pointer, size);
    if (bytes === null) return outside(call);
    const map = call.context.headerMap(type, "write");
    if (!map) return Status.BadArgument;
    map.clear();
    for (const [name, value] of decodePairs(bytes) ?? []) map.add(name, value);
    return Status.Ok;
  },

  proxy_get_header_map_size(call, type, target) {
    if (!isMap(call, type)) return Status.BadArgument;
    const map = call.context.headerMap(type, "write");
    if (!map) return Status.BadArgument;
    return call.memory.writeU32(target, map.byteSize()) ? Status.Ok : outside(call);
  },
};

function isMap(call: HostCall, type: number): boolean {
  return known(call, "header map", type, lastMapType);
}

type Place = [key: number, keySize: number, value: number, valueSize: number];

function change(
  call: HostCall,
  type: number,
  [key, keySize, value, valueSize]: Place,
  edit: (map: HeaderMap, name: string, value: string) => void,
): number {
  if (!isMap(call, type)) return Status.BadArgument;
  const name = call.memory.readText(key, keySize);
  const text = call.memory.readText(value, valueSize);
  if (name === null || text === null) return outside(call);
  const map = call.context.headerMap(type, "write");
  if (!map) return Status.BadArgument;
  edit(map, name, text);
  return Status.Ok;
}
