import { Bytes } from "../abi/bytes";
import { Status } from "../abi/enums";
import { proxy_call_foreign_function } from "../abi/env";
import { OUT, outData, outSize } from "../abi/out";
import { sizeOf, utf8 } from "../abi/wire";

// Functions of the host beyond the ABI, by name: Envoy's are in its documentation of proxy-wasm.

/** What came of a call of the host. */
export enum ForeignStatus {
  Ok,
  /** The host has no function of this name, or nothing for the argument. */
  NotFound,
  /** The function does not take this argument. */
  BadArgument,
  /** It took the argument, and something in it or in the host went wrong. */
  Failed,
}

/** What came of the last call. */
export let status: ForeignStatus = <ForeignStatus>0;

/**
 * Calls a function of the host. What it returns, perhaps nothing, is valid until the callback returns; null: it failed, and
 * `foreign.status` says how. From any callback.
 */
export function call(name: string, argument: Bytes = Bytes.view(0, 0)): Bytes | null {
  return callEncoded(utf8(name), argument);
}

/** For the library: `call` with an encoded name. */
export function callEncoded(name: usize, argument: Bytes): Bytes | null {
  store<u64>(OUT, 0);
  const answer = proxy_call_foreign_function(
    name,
    sizeOf(name),
    argument.pointer,
    argument.length,
    OUT,
    OUT + 4,
  );
  status = statusOf(answer);
  return answer == Status.Ok ? Bytes.view(outData(), outSize()) : null;
}

function statusOf(answer: u32): ForeignStatus {
  if (answer == Status.Ok) return ForeignStatus.Ok;
  if (answer == Status.NotFound) return ForeignStatus.NotFound;
  return answer == Status.BadArgument ? ForeignStatus.BadArgument : ForeignStatus.Failed;
}
