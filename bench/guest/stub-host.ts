/// <reference lib="dom" />
// For the WebAssembly types, which @types/node leaves to the DOM library.
import { addHeader, removeHeader, replaceHeader, serialize, valuesOf } from "./header-map.js";
import type { HeaderMap } from "./header-map.js";

/** What a module under measurement sees of the world, and what was seen of it. */
export interface StubHost {
  readonly imports: WebAssembly.Imports;
  /** Header maps by the ABI's number: 0 request, 2 response. */
  readonly maps: Map<number, HeaderMap>;
  readonly hostCalls: Map<string, number>;
  readonly logs: string[];
  /** How often the host asked the module for memory. */
  allocations: number;
  /** Must be set to the module's exports before the first callback. */
  exports: WebAssembly.Exports;
}

type HostFunction = (...args: number[]) => number;

const OK = 0;
const NOT_FOUND = 1;
const PLUGIN_CONFIGURATION = 7;
const INFO = 2;
const NOON = 1_700_000_000_000_000_000n;

/** Host that answers header, configuration, clock, log and property calls; every other call succeeds and does nothing. */
export function stubHost(module: WebAssembly.Module, configuration: string): StubHost {
  const host: StubHost = {
    imports: {},
    maps: new Map(),
    hostCalls: new Map(),
    logs: [],
    allocations: 0,
    exports: {},
  };
  const known = { ...headerCalls(host), ...otherCalls(host, Buffer.from(configuration)) };
  for (const wanted of WebAssembly.Module.imports(module)) {
    if (wanted.kind !== "function") throw new Error(`the module imports a ${wanted.kind}: ${wanted.name}`);
    const space = (host.imports[wanted.module] ??= {});
    space[wanted.name] = counted(host, wanted.name, known[wanted.name] ?? (() => OK));
  }
  return host;
}

function counted(host: StubHost, name: string, call: HostFunction): HostFunction {
  return (...args) => {
    host.hostCalls.set(name, (host.hostCalls.get(name) ?? 0) + 1);
    return call(...args);
  };
}

function headerCalls(host: StubHost): Record<string, HostFunction> {
  const map = (kind: number): HeaderMap => host.maps.get(kind) ?? { entries: [] };
  const text = (at: number, length: number): string => readText(host, at, length);
  return {
    proxy_get_header_map_value: (kind, name, size, outAt, outSize) => {
      const value = valuesOf(map(kind!), text(name!, size!)).join(",");
      const found = valuesOf(map(kind!), text(name!, size!)).length > 0;
      return found ? giveBack(host, Buffer.from(value, "latin1"), outAt!, outSize!) : NOT_FOUND;
    },
    proxy_get_header_map_pairs: (kind, outAt, outSize) =>
      giveBack(host, serialize(map(kind!)), outAt!, outSize!),
    proxy_add_header_map_value: (kind, name, size, value, valueSize) =>
      done(addHeader(map(kind!), text(name!, size!), text(value!, valueSize!))),
    proxy_replace_header_map_value: (kind, name, size, value, valueSize) =>
      done(replaceHeader(map(kind!), text(name!, size!), text(value!, valueSize!))),
    proxy_remove_header_map_value: (kind, name, size) => done(removeHeader(map(kind!), text(name!, size!))),
  };
}

function otherCalls(host: StubHost, configuration: Buffer): Record<string, HostFunction> {
  return {
    proxy_get_buffer_bytes: (kind, _start, _length, outAt, outSize) => {
      if (kind !== PLUGIN_CONFIGURATION) return NOT_FOUND;
      return giveBack(host, configuration, outAt!, outSize!);
    },
    proxy_get_property: () => NOT_FOUND,
    proxy_get_log_level: (out) => done(memoryOf(host).setUint32(out!, INFO, true)),
    proxy_get_current_time_nanoseconds: (out) => done(memoryOf(host).setBigUint64(out!, NOON, true)),
    proxy_log: (_level, at, size) => done(host.logs.push(readText(host, at!, size!))),
    environ_sizes_get: (count, size) => {
      memoryOf(host).setUint32(count!, 0, true);
      memoryOf(host).setUint32(size!, 0, true);
      return OK;
    },
  };
}

function done(_effect: unknown): number {
  return OK;
}

function memoryOf(host: StubHost): DataView {
  return new DataView((host.exports.memory as WebAssembly.Memory).buffer);
}

function readText(host: StubHost, at: number, size: number): string {
  return Buffer.from(memoryOf(host).buffer, at, size).toString("latin1");
}

/** Hands a buffer over as Envoy does: in memory that the module provides, nothing asked for when there is nothing. */
function giveBack(host: StubHost, bytes: Buffer, outAt: number, outSize: number): number {
  let at = 0;
  if (bytes.length > 0) {
    const allocate = host.exports.proxy_on_memory_allocate ?? host.exports.malloc;
    host.allocations++;
    at = (allocate as HostFunction)(bytes.length);
    bytes.copy(Buffer.from(memoryOf(host).buffer), at);
  }
  memoryOf(host).setUint32(outAt, at, true);
  memoryOf(host).setUint32(outSize, bytes.length, true);
  return OK;
}
