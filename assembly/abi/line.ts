import { putDecimal } from "./digits";
import { proxy_log } from "./env";
import { encodeUnits } from "./text";
import { sizeOf, utf8 } from "./wire";

// The library's own lines in the host's log. They are put together in static memory, because what they report may be
// that there is no other, and they are cut at its end.

const SIZE: usize = 1024;
const LINE = memory.data(1024);
let at: usize = LINE;

/** Urgency of a line, as the host's levels are numbered. */
export const enum Urgency {
  Warn = 3,
  Error = 4,
  Critical = 5,
}

/** Adds an encoded text of the library's own. */
export function put(text: usize): void {
  const size = min<usize>(sizeOf(text), LINE + SIZE - at);
  memory.copy(at, text, size);
  at += size;
}

/** Adds a text of the compiler or the author. */
export function putText(text: string): void {
  const room = (LINE + SIZE - at) / 3;
  const from = changetype<usize>(text);
  at = encodeUnits(from, from + (min<usize>(text.length, room) << 1), at);
}

/** Adds bytes that came from outside: what could end the line or hide in it shows as a question mark. */
export function putBytes(from: usize, size: usize): void {
  const end = from + min(size, LINE + SIZE - at);
  for (; from < end; ++from) {
    const byte = load<u8>(from);
    store<u8>(at++, byte < 0x20 || byte == 0x7f ? 0x3f : byte);
  }
}

/** Adds a number in decimal. */
export function putNumber(value: u64): void {
  if (LINE + SIZE - at >= 20) at = putDecimal(value, at);
}

/** Writes the line and begins the next one. */
export function write(urgency: Urgency): void {
  proxy_log(urgency, LINE, at - LINE);
  at = LINE;
}

/**
 * A host call did not do what it was asked for: one line says which and why, and the filter goes on.
 * `call` names it as the specification does.
 */
export function hostRefused(call: usize, status: u32): bool {
  put(call);
  put(utf8(": status "));
  putNumber(status);
  write(Urgency.Error);
  return false;
}
