import { existsSync, readFileSync } from "node:fs";
import { UserError } from "../errors.js";
import type { FilterKind } from "./tcp-kind.js";

/** What a compiled module says of itself to the generator. */
export interface ModuleFacts {
  /** Names of the functions it imports from the host. */
  imports: string[];
  /** Names of the callbacks that it exports for the host. */
  callbacks: string[];
  /** True where the module's metadata says that none of its filters keeps state for a request. */
  stateless: boolean;
  /** Whether a filter of it judges whole bodies while it holds their headers. */
  holdsHeaders: boolean;
  /** Tags of its metrics. */
  metricTags: string[];
  /** What its filter of this root_id filters. A module of another SDK says nothing, so it counts as HTTP's. */
  kindOf(rootId: string): FilterKind;
}

/** A UserError says why the file is not a module. */
export function readModule(path: string): ModuleFacts {
  if (!existsSync(path))
    throw new UserError(`${path}: no such module`, "Is it built? See: meshscript build --help");
  try {
    return moduleFacts(readFileSync(path));
  } catch (cause) {
    throw new UserError(`${path}: not a WebAssembly module that can be loaded: ${(cause as Error).message}`);
  }
}

/** Throws WebAssembly.CompileError where the bytes are not a module. */
export function moduleFacts(binary: Uint8Array<ArrayBuffer>): ModuleFacts {
  const module = new WebAssembly.Module(binary);
  const metadata = metadataOf(module);
  const functions = (list: { name: string; kind: string }[]) =>
    list.filter((item) => item.kind === "function").map((item) => item.name);
  return {
    imports: functions(WebAssembly.Module.imports(module)),
    callbacks: functions(WebAssembly.Module.exports(module)).filter(isCallback),
    stateless: isStateless(metadata),
    holdsHeaders: metadata?.filters.some((filter) => filter.holdsHeaders) ?? false,
    metricTags: metadata?.metricTags ?? [],
    kindOf: (rootId) => kindOf(metadata, rootId),
  };
}

function isCallback(name: string): boolean {
  return /^(proxy|envoy)_on_/.test(name) && name !== "proxy_on_memory_allocate";
}

/** What a module that meshscript built says of its filters. */
interface Metadata {
  filters: { rootId: string; stateful: boolean; holdsHeaders?: boolean; kind?: FilterKind }[];
  metricTags?: string[];
}

function metadataOf(module: WebAssembly.Module): Metadata | undefined {
  const section = WebAssembly.Module.customSections(module, "meshscript")[0];
  return section && JSON.parse(Buffer.from(section).toString("utf8"));
}

/** A module of another SDK says nothing, so it counts as stateful. */
function isStateless(metadata: Metadata | undefined): boolean {
  return metadata !== undefined && metadata.filters.every((filter) => !filter.stateful);
}

/** A module's only filter answers to any root_id. */
function kindOf(metadata: Metadata | undefined, rootId: string): FilterKind {
  const filters = metadata?.filters ?? [];
  return (filters.find((filter) => filter.rootId === rootId) ?? filters[0])?.kind ?? "http";
}
