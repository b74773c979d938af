import { Status } from "../abi/values.js";
import { foreignFunctions } from "../foreign/index.js";
import { give, outside, type Family, type HostCall } from "./call.js";

export const foreign: Family = {
  proxy_call_foreign_function(call, name, nameSize, argument, argumentSize, pointerTarget, sizeTarget) {
    const key = call.memory.readText(name, nameSize);
    const bytes = call.memory.read(argument, argumentSize);
    if (key === null || bytes === null) return outside(call);
    const run = foreignFunctions.get(key);
    if (!run) return Status.NotFound;
    const outcome = run(call, bytes);
    const [status, result] = typeof outcome === "number" ? [outcome, new Uint8Array()] : [Status.Ok, outcome];
    const given = hand(call, result, pointerTarget, sizeTarget);
    return given === Status.Ok ? status : given;
  },
};

/** Whoever does not want a result gives null pointers. */
function hand(call: HostCall, result: Uint8Array, pointerTarget: number, sizeTarget: number): number {
  if (pointerTarget !== 0) return give(call, result, pointerTarget, sizeTarget);
  if (sizeTarget === 0) return Status.Ok;
  return call.memory.writeU32(sizeTarget, result.length) ? Status.Ok : outside(call);
}
