import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { FilterInstance } from "../../traffic/host.js";
import type { PluginOptions } from "../types.js";

const reloadBackoffMs = 100;
/** Called for every stream, and needed by none of the filters of a module that keeps nothing. */
const streamLifecycle = ["proxy_on_context_create", "proxy_on_delete"];

/** A filter's plugin as the generated Envoy configuration has it: the same capability list, an id as specific. */
export function generatedPlugin(instance: FilterInstance): PluginOptions {
  const { name, rootId, configuration, environment, options } = instance;
  const module = readFileSync(instance.wasm);
  const facts = factsOf(module);
  return {
    module,
    name,
    rootId,
    configuration,
    environment,
    vmId: options.vmId ?? (facts?.sharesState ? name : `${name}-${identity(instance)}`),
    failurePolicy: options.failurePolicy ?? "FAIL_RELOAD",
    reloadBackoffMs,
    allowedCapabilities: options.fullCallbacks || !facts ? [] : capabilities(facts),
    allowOnHeadersStopIteration: options.allowOnHeadersStopIteration,
  };
}

/** Plugins share a VM only if they are the same in everything that a module without lifecycle callbacks confuses. */
function identity({ rootId, configuration, environment }: FilterInstance): string {
  const parts = JSON.stringify([rootId, configuration, [], environment]);
  return createHash("sha256").update(parts).digest("hex").slice(0, 12);
}

interface ModuleFacts {
  functions: string[];
  stateless: boolean;
  sharesState: boolean;
}

function capabilities({ functions, stateless, sharesState }: ModuleFacts): string[] {
  const withheld = stateless && !sharesState ? streamLifecycle : [];
  return functions.filter((name) => !withheld.includes(name));
}

/** Null: not a module; loading it says so. */
function factsOf(binary: Uint8Array<ArrayBuffer>): ModuleFacts | null {
  if (!WebAssembly.validate(binary)) return null;
  const module = new WebAssembly.Module(binary);
  const entries = [...WebAssembly.Module.imports(module), ...WebAssembly.Module.exports(module)];
  const functions = entries.filter(({ kind }) => kind === "function").map(({ name }) => name);
  const sharesState = functions.some((name) => /_shared_(data|queue)$/.test(name));
  return { functions, sharesState, stateless: isStateless(module) };
}

/** A module that says nothing of itself may keep something for a stream. */
function isStateless(module: WebAssembly.Module): boolean {
  const [section] = WebAssembly.Module.customSections(module, "meshscript");
  if (!section) return false;
  const { filters }: { filters: { stateful: boolean }[] } = JSON.parse(Buffer.from(section).toString("utf8"));
  return filters.every(({ stateful }) => !stateful);
}
