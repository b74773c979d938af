import { Status } from "../abi/enums";
import { proxy_set_effective_context } from "../abi/env";
import { hostRefused } from "../abi/line";
import { utf8 } from "../abi/wire";

// Whose turn it is: the context that host calls are about, and what became of it in this callback.

/** The stream or plugin that host calls are about. */
export let context: u32 = 0;

/** The stream or plugin whose callback this is. */
let own: u32 = 0;

/** The object of the exchange that host calls are about, where bodies are watched; 0: none. */
export let subject: usize = 0;

/** Whether this callback's own stream was answered in place of the upstream, or cut. */
export let replied: bool = false;

/** Whether the response's headers have gone on, so that nothing can take their place. */
export let answered: bool = false;

/** Whether the stream is over. A host that is asked for a reply then tells of its end again and again. */
export let over: bool = false;

/** Whether the message ends with what this callback is about. */
let last: bool = false;

/** Begins a callback of a context. */
export function begin(id: u32, end: bool = false): void {
  context = own = id;
  subject = 0;
  replied = answered = over = false;
  last = end;
}

/** Names the exchange that host calls are about. */
export function about(exchange: usize): void {
  subject = exchange;
}

/** Says that the response's headers have gone on, or not. */
export function markAnswered(gone: bool): void {
  answered = gone;
}

/** Says that the stream is over. */
export function markOver(): void {
  over = true;
}

/** Whether the message ends with what this callback is about. */
export function isLast(): bool {
  return last;
}

/** Says that a reply was sent to the stream that host calls are about. */
export function markReplied(): void {
  if (context == own) replied = true;
}

/** Makes host calls be about another context until the callback returns. */
export function enter(id: u32): bool {
  if (id == context) return true;
  const status = proxy_set_effective_context(id);
  if (status != Status.Ok) return hostRefused(utf8("proxy_set_effective_context"), status);
  context = id;
  return true;
}
