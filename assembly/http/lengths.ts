import { isEncoded } from "../abi/compare";
import { BufferType } from "../abi/enums";
import { Urgency, put, write } from "../abi/line";
import { sizeOf, utf8 } from "../abi/wire";
import { subject } from "../stream/turn";
import { Exchange } from "./exchange";

// A body whose length differs from what content-length announced desynchronises the connection: the next request on it is
// read from the wrong byte (request smuggling). So a body may change its length only where that header is known to be
// gone, or is still in reach and follows.

/** Tells that a header was removed or set, by its encoded name. */
export function touched(map: u32, name: usize, removed: bool): void {
  if (isEncoded(name, sizeOf(name), utf8("content-length"))) mark(map, removed);
}

/** Says whether the body of these headers is free to change its length. */
export function mark(map: u32, free: bool): void {
  const x = changetype<Exchange>(subject);
  if (subject == 0 || (map & 1) != 0) return;
  const bit: u32 = 1 << (map >> 1);
  if (free) x.freed |= bit;
  else x.freed &= ~bit;
}

/** Whether the body's headers are held, so that content-length is to follow. */
export function follows(body: u32): bool {
  return subject != 0 && (changetype<Exchange>(subject).headersHeld & (1 << body)) != 0;
}

/** Whether a body may change its length. Where it may not, the log says what to do. */
export function mayChange(body: u32): bool {
  if (follows(body)) return true;
  if (subject != 0 && (changetype<Exchange>(subject).freed & (1 << body)) != 0) return true;
  put(
    utf8(
      "refused to change the length of a body: remove content-length while the headers are in reach, or use ",
    ),
  );
  put(
    body == BufferType.RequestBody
      ? utf8("x.wholeRequest or x.rewriteRequest")
      : utf8("x.wholeResponse or x.rewriteResponse"),
  );
  write(Urgency.Error);
  return false;
}
