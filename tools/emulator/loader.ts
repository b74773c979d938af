import { moduleTypes, type ModuleTypes } from "./abi/module-types.js";
import {
  callbackSignatures,
  hostSignatures,
  lifecycleSignatures,
  same,
  show,
  signature,
  wasiSignatures,
} from "./abi/signatures.js";
import { EmulatorError, LoadError } from "./errors.js";
import { importsFor } from "./imports.js";
import { Vm, type Surroundings, type VmSettings } from "./vm.js";

/** A module that was found fit to be loaded. */
export interface LoadedModule {
  compiled: WebAssembly.Module;
  types: ModuleTypes;
}

const abiVersions = ["proxy_abi_version_0_1_0", "proxy_abi_version_0_2_0", "proxy_abi_version_0_2_1"];
const supportedAbi = "proxy_abi_version_0_2_1";

/** Throws a LoadError in Envoy's words. */
export function loadModule(binary: Uint8Array): LoadedModule {
  const types = parse(binary);
  if (!abiVersions.some((name) => types.exports.has(name))) {
    throw refusal("Missing or unknown Proxy-Wasm ABI version");
  }
  if (!types.exports.has(supportedAbi)) {
    throw refusal("the emulator runs ABI 0.2.1 only: the module does not export proxy_abi_version_0_2_1");
  }
  checkImports(types);
  return { compiled: compile(binary), types };
}

/** A fresh VM: instantiated, checked and initialised; no context yet. Throws a LoadError in Envoy's words. */
export function createVm(module: LoadedModule, settings: VmSettings, surroundings: Surroundings): Vm {
  const vm = new Vm(surroundings, settings);
  instantiate(module, vm);
  checkExports(module.types, vm);
  vm.phase = "initializing";
  initialize(vm, module.types);
  vm.phase = "running";
  return vm;
}

function parse(binary: Uint8Array): ModuleTypes {
  try {
    return moduleTypes(binary);
  } catch {
    throw refusal("Failed to parse corrupted Wasm module");
  }
}

function compile(binary: Uint8Array): WebAssembly.Module {
  try {
    return new WebAssembly.Module(binary as BufferSource);
  } catch (cause) {
    throw refusal(`Failed to load Wasm bytecode (${(cause as Error).message})`);
  }
}

function checkImports({ imports }: ModuleTypes): void {
  for (const { module, name, kind, signature: wanted } of imports) {
    if (kind !== "function" || !wanted) continue;
    const offered = offer(module, name);
    const where = `${module}.${name}`;
    if (!offered) throw refusal(`Failed to load Wasm module due to a missing import: ${where}`);
    if (same(wanted, offered)) continue;
    const types = `want: ${show(wanted)}, but host exports: ${show(offered)}`;
    throw refusal(`Failed to load Wasm module due to an import type mismatch: ${where}, ${types}`);
  }
}

function offer(module: string, name: string) {
  const table =
    module === "env"
      ? hostSignatures
      : /^wasi_(unstable|snapshot_preview1)$/.test(module)
        ? wasiSignatures
        : {};
  const short = table[name];
  return short === undefined ? undefined : signature(short);
}

function instantiate({ compiled, types }: LoadedModule, vm: Vm): void {
  const functions: Record<string, Record<string, unknown>> = importsFor(() => vm);
  const others = types.imports.filter(({ kind }) => kind === "other");
  const provided = others.map(({ module, name }) => provide(compiled, module, name));
  others.forEach(
    ({ module, name }, index) => (functions[module] = { ...functions[module], [name]: provided[index] }),
  );
  const memory = provided.find((value) => value instanceof WebAssembly.Memory);
  try {
    vm.attach(new WebAssembly.Instance(compiled, functions as WebAssembly.Imports).exports, memory);
  } catch (error) {
    if (error instanceof EmulatorError) throw refusal(error.message);
    throw refusal("Failed to create new Wasm instance");
  }
}

/** Envoy provides a memory or table that a module imports, and no global. */
function provide(compiled: WebAssembly.Module, module: string, name: string): unknown {
  const all = WebAssembly.Module.imports(compiled);
  const kind = all.find((entry) => entry.module === module && entry.name === name)?.kind;
  if (kind === "memory") return new WebAssembly.Memory({ initial: 256, maximum: 16384 });
  if (kind === "table") return new WebAssembly.Table({ initial: 0, element: "anyfunc" });
  throw refusal(`Failed to load Wasm module due to a missing import: ${module}.${name}`);
}

function checkExports({ exports }: ModuleTypes, vm: Vm): void {
  const known = { ...lifecycleSignatures, ...callbackSignatures };
  for (const [name, short] of Object.entries(known)) {
    const given = exports.get(name);
    const wanted = signature(short);
    if (!given || same(given, wanted) || !looksUp(name, exports, vm)) continue;
    const types = `want: ${show(wanted)}, but the module exports: ${show(given)}`;
    throw refusal(`Bad function signature for: ${name}, ${types}`);
  }
  if (!exports.has("malloc") && !exports.has("proxy_on_memory_allocate")) {
    throw refusal("Wasm module is missing malloc function.");
  }
}

/** Envoy takes no notice of what it has no use for. */
function looksUp(name: string, exports: ModuleTypes["exports"], vm: Vm): boolean {
  if (name === "main") return exports.has("_initialize");
  if (name === "_start") return !exports.has("_initialize");
  if (name === "proxy_on_memory_allocate") return !exports.has("malloc");
  return name in lifecycleSignatures || vm.allows(name);
}

function initialize(vm: Vm, { exports }: ModuleTypes): void {
  if (exports.has("_initialize")) {
    vm.enter(vm.own, "_initialize", []);
    if (exports.has("main") && vm.failure === null) vm.enter(vm.own, "main", [0, 0]);
  } else if (exports.has("_start")) {
    vm.enter(vm.own, "_start", []);
  }
  vm.settle();
  if (vm.failure !== null) throw refusal(vm.failure);
}

function refusal(reason: string): LoadError {
  return new LoadError(reason, [reason]);
}
