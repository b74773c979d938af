import { Status } from "../abi/enums";
import { proxy_set_effective_context } from "../abi/env";
import { hostRefused } from "../abi/line";
import { utf8 } from "../abi/wire";

// Whose turn it is: the context that host calls are about, and what became of it in this callback.

/** The stream or plugin that host calls are about. */
export let context: u32 = 0;

/** Whether this callback has answered in place of the upstream. */
export let replied: bool = false;

/** Begins a callback of a context. */
export function begin(id: u32): void {
  context = id;
  replied = false;
}

/** Says that a reply was sent. */
export function markReplied(): void {
  replied = true;
}

/** Makes host calls be about another context until the callback returns. */
export function enter(id: u32): bool {
  if (id == context) return true;
  const status = proxy_set_effective_context(id);
  if (status != Status.Ok) return hostRefused(utf8("proxy_set_effective_context"), status);
  context = id;
  return true;
}

/** Whether each stream has an object of its own: always, unless the build has found that no filter needs one. */
export class Streams {
  @inline
  static get tracked(): bool {
    return !isDefined(MESHSCRIPT_BUILT) || isDefined(MESHSCRIPT_TRACKED);
  }
}
