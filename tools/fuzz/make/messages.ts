import type { Header } from "../../emulator/index.js";
import type { Random } from "../../parity/random.js";
import { chunks, requestHeaders, responseHeaders, someHeaders } from "./headers.js";

/** A header map as a host that lies may show one, by the ABI's number. */
export function mapOf(random: Random, type: number, words: readonly string[]): Header[] {
  if (type === 0) return requestHeaders(random, words);
  return type === 2 ? responseHeaders(random, words) : someHeaders(random, words);
}

/** What a body, a message or an answer consists of. */
export function bodyOf(random: Random, words: readonly string[]): Buffer {
  const text = random.chance(0.2) ? protobuf(random) : chunks(random, words).join("");
  return Buffer.from(text, "latin1");
}

/** A message of a few fields, more often than not cut short or with a length that is too long. */
function protobuf(random: Random): string {
  const field = () => String.fromCharCode(random.below(256), random.below(256)) + "v".repeat(random.below(6));
  const end = random.pick([
    "",
    "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
    "\x0a\x80",
    "\x0a\xff\xff\xff\xff\x0f",
  ]);
  return random.times(random.below(5), field).join("") + end;
}
