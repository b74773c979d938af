import { existsSync, readFileSync } from "node:fs";
import { UserError } from "../errors.js";

/** What a compiled module says of itself to the generator. */
export interface ModuleFacts {
  /** Names of the functions it imports from the host. */
  imports: string[];
  /** Names of the callbacks that it exports for the host. */
  callbacks: string[];
  /** True where the module's metadata says that none of its filters keeps state for a request. */
  stateless: boolean;
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
  const functions = (list: { name: string; kind: string }[]) =>
    list.filter((item) => item.kind === "function").map((item) => item.name);
  return {
    imports: functions(WebAssembly.Module.imports(module)),
    callbacks: functions(WebAssembly.Module.exports(module)).filter(isCallback),
    stateless: isStateless(module),
  };
}

function isCallback(name: string): boolean {
  return /^(proxy|envoy)_on_/.test(name) && name !== "proxy_on_memory_allocate";
}

/** A module of another SDK says nothing, so it counts as stateful. */
function isStateless(module: WebAssembly.Module): boolean {
  const section = WebAssembly.Module.customSections(module, "meshscript")[0];
  if (section === undefined) return false;
  const metadata: { filters: { stateful: boolean }[] } = JSON.parse(Buffer.from(section).toString("utf8"));
  return metadata.filters.every((filter) => !filter.stateful);
}
