import { Status } from "../abi/values.js";
import type { Context } from "../context.js";
import { EmulatorError } from "../errors.js";
import type { GuestMemory } from "../guest-memory.js";
import type { Vm } from "../vm.js";

/** What a host function works with: the guest's memory and the context that the call is about. */
export interface HostCall {
  /** As the guest knows it. */
  readonly name: string;
  readonly vm: Vm;
  readonly memory: GuestMemory;
  readonly context: Context;
  /** The first i64 among the arguments, exact. */
  readonly wide: bigint;
}

/** Takes the guest's arguments (an i64 as a plain number, see `wide`) and returns a status. */
export type HostFunction = (call: HostCall, ...args: number[]) => number;

/** Host functions that belong together, by the names under which the guest imports them. */
export type Family = Readonly<Record<string, HostFunction>>;

/** Hands bytes over: the guest allocates, pointer and size go where it wants them. Returns a status. */
export function give(call: HostCall, bytes: Uint8Array, pointerTarget: number, sizeTarget: number): number {
  const pointer = bytes.length === 0 ? 0 : place(call, bytes);
  const written =
    pointer !== null &&
    call.memory.writeU32(pointerTarget, pointer) &&
    call.memory.writeU32(sizeTarget, bytes.length);
  return written ? Status.Ok : Status.InvalidMemoryAccess;
}

function place({ vm, name, memory }: HostCall, bytes: Uint8Array): number | null {
  const pointer = vm.allocate(bytes.length);
  if (pointer !== null && memory.write(pointer, bytes)) return pointer;
  breach(
    vm,
    `${name}: the module's allocator gave no room for ${bytes.length} bytes (pointer ${pointer ?? 0})`,
  );
  return null;
}

/** The guest broke the ABI in a way that Envoy shrugs at: an error where the emulator is strict, else a log line. */
export function breach(vm: Vm, message: string): void {
  if (!vm.surroundings.strict) return vm.surroundings.log.host("warn", "", message);
  const error = new EmulatorError(message);
  if (vm.current) vm.violation = error;
  throw error;
}

/** For pointers outside memory, which Envoy reports to the guest and nobody else. */
export function outside({ vm, name }: HostCall): number {
  vm.surroundings.log.host("warn", "", `${name}: a pointer outside the module's memory`);
  return Status.InvalidMemoryAccess;
}

/** Whether `value` names a member of an enum that ends with `last`. */
export function known({ vm, name }: HostCall, what: string, value: number, last: number): boolean {
  if (value >= 0 && value <= last) return true;
  breach(vm, `${name}: ${value} is no ${what}`);
  return false;
}
