import { hostSignatures, wasiSignatures } from "./abi/signatures.js";
import { Status } from "./abi/values.js";
import type { Emulator } from "./emulator.js";
import { EmulatorError } from "./errors.js";
import type { Guest } from "./guest.js";
import type { HostFunction } from "./host-functions/call.js";
import { hostFunctions } from "./host-functions/index.js";
import { absentWasi, wasi } from "./host-functions/wasi.js";
import type { Vm } from "./vm.js";

type Imported = (...args: (number | bigint)[]) => number;

/** The names of a module's imports: module, then function. */
export type HostImports = Record<string, Record<string, Imported>>;

const wasiModules = ["wasi_snapshot_preview1", "wasi_unstable"];
/** WASI's "capabilities insufficient". */
const notCapable = 76;

/** Envoy's own, of which its capability lists know nothing: it works whatever they say. */
const unrestricted = new Set(["envoy_resolve_dns"]);

/** Callable before the guest has contexts. */
const harmless = new Set([
  "proxy_log",
  "emscripten_notify_memory_growth",
  "pthread_equal",
  ...["fd_write", "args_sizes_get", "args_get", "environ_sizes_get", "environ_get"],
  ...["fd_prestat_get", "fd_prestat_dir_name", "clock_time_get", "random_get"],
]);

/**
 * The imports of a module whose instance somebody else creates. Once there is one, `guest.attach(exports)`, then
 * `emulator.adopt(guest, …)`. A host call that belongs to no callback acts on the VM itself: it may log and
 * read the clock, and sees no headers.
 */
export function hostImports(emulator: Emulator, guest: Guest): HostImports {
  return importsFor(() => guest.vm(emulator));
}

/** `vm` is asked at each call, so it may come into being after the imports. */
export function importsFor(vm: () => Vm): HostImports {
  const env = module(
    vm,
    hostSignatures,
    hostFunctions,
    (name) => unimplemented(name),
    Status.InternalFailure,
  );
  const system = module(vm, wasiSignatures, wasi, () => () => absentWasi, notCapable);
  return { env, ...Object.fromEntries(wasiModules.map((name) => [name, system])) };
}

function module(
  vm: () => Vm,
  signatures: Readonly<Record<string, string>>,
  functions: Readonly<Record<string, HostFunction>>,
  otherwise: (name: string) => HostFunction,
  withheld: number,
): Record<string, Imported> {
  const wrap = (name: string) => imported(vm, name, functions[name] ?? otherwise(name), withheld);
  return Object.fromEntries(Object.keys(signatures).map((name) => [name, wrap(name)]));
}

function imported(vm: () => Vm, name: string, run: HostFunction, withheld: number): Imported {
  return (...args) => {
    const machine = vm();
    checkPhase(machine, name);
    if (!machine.allows(name) && !unrestricted.has(name)) return refused(machine, name, withheld);
    const call = {
      name,
      vm: machine,
      memory: machine.memory,
      context: machine.activeContext(),
      wide: wideOf(args),
    };
    const status = run(call, ...args.map(Number));
    if (status === Status.Ok) machine.surroundings.exercised.add(name);
    return status;
  };
}

function wideOf(args: readonly (number | bigint)[]): bigint {
  return args.find((value) => typeof value === "bigint") ?? 0n;
}

function checkPhase(vm: Vm, name: string): void {
  if (vm.phase === "linking") {
    vm.violation = new EmulatorError(
      `${name}: a host call from the module's start section; Envoy would crash (build with --exportStart _initialize)`,
    );
    throw vm.violation;
  }
  if (vm.phase === "initializing" && !harmless.has(name)) throw new Error("restricted_callback");
}

function refused(vm: Vm, name: string, status: number): number {
  const kind = status === notCapable ? "WASI" : "proxy-wasm";
  const message = `Attempted call to restricted ${kind} capability: ${name}`;
  vm.surroundings.log.host("error", vm.activeContext().pluginName, message);
  return status;
}

function unimplemented(name: string): HostFunction {
  return ({ vm, context }) => {
    vm.surroundings.log.host(
      "error",
      context.pluginName,
      `${name}: the emulator does not implement this yet`,
    );
    return Status.Unimplemented;
  };
}
