import { release, take } from "./arena";
import { Urgency, put, putBytes, write } from "./line";
import { isValue, lowerName } from "./fields";
import { encodedOf, isSound } from "./memo";
import { encode, encodedLimit } from "./text";

// Texts on their way to the host, as bytes in the arena whose size stands in front of them. Names and values of headers
// are checked here, once, for everything that sends them: what HTTP forbids never leaves the module.
// The build does this work for literals: a call with one becomes an address in `LITERALS`.

/** Room for the literals that the build encodes; it looks for this name. */
const LITERALS = memory.data(8192, 8);

/** A literal that the build has encoded stands at its address already. */
export function literal(at: usize): usize {
  return at;
}

/** Size of the encoded text at `at`. */
export function sizeOf(at: usize): u32 {
  return load<u32>(at - 4);
}

/** A text as UTF-8. */
export function utf8(text: string): usize {
  const kept = encodedOf(text);
  return kept != 0 ? kept : encodeNew(text);
}

function encodeNew(text: string): usize {
  const at = take(encodedLimit(text) + 8) + 8;
  const end = encode(text, at);
  store<u32>(at - 4, <u32>(end - at));
  release(end);
  return at;
}

/** A field value, 0 where the text holds CR, LF or NUL, which HTTP forbids (RFC 9110, section 5.5). */
export function valueOf(text: string): usize {
  const kept = encodedOf(text);
  if (kept != 0) return isSound() ? kept : 0;
  const at = encodeNew(text);
  return isValue(at, sizeOf(at)) ? at : 0;
}

/** A field name in lower case, 0 where the text is no token (RFC 9110, section 5.1); pseudo-headers are names, too. */
export function nameOf(text: string): usize {
  const at = encodeNew(text);
  return lowerName(at, sizeOf(at)) ? at : 0;
}

/** Whether a text may be the name of a header. */
export function isHeaderName(text: string): bool {
  return nameOf(text) != 0;
}

/** Whether a text may be the value of a header. */
export function isHeaderValue(text: string): bool {
  return valueOf(text) != 0;
}

/**
 * Says in the log that a header was not sent, and answers false. Its value is not shown: it may be a secret, and it holds
 * what must not reach a log.
 */
export function forbidden(name: usize): bool {
  put(utf8("refused a header that HTTP forbids: "));
  if (name != 0) putBytes(name, sizeOf(name));
  write(Urgency.Error);
  return false;
}
