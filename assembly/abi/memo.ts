import { sameBytes } from "./compare";
import { isValue } from "./fields";

// Header values come again and again: user agents, hosts, media types. The text of a value that came twice is kept, so
// reading it once more makes no garbage and passing it on encodes nothing. What is kept is bounded: 32 values of at most
// 256 bytes, each displaced by another one that comes twice.

const LIMIT: usize = 256;
const TABLE = memory.data(8832, 8);

/** A kept value. Its bytes stand behind it, with their size in front of them as an encoded text has it. */
@unmanaged
class Entry {
  /** Fingerprint of the value that came last without being kept. */
  candidate: u32;
  /** Whether the bytes may be a field value. */
  sound: bool;
  /** The text, pinned; 0 where nothing is kept. */
  text: usize;
  size: usize;
}

/** What `find` looked at last. */
let entry: Entry = changetype<Entry>(TABLE);
let print: u32 = 0;

/** Address of the kept text of these bytes, 0 where there is none. `size` is at least 1. */
export function find(from: usize, size: usize): usize {
  print = fingerprint(from, size);
  entry = changetype<Entry>(TABLE + <usize>(print & 31) * 276);
  if (entry.size != size || entry.text == 0 || !sameBytes(bytesOf(entry), from, size)) return 0;
  return entry.text;
}

/** Keeps the text of the bytes that `find` looked for last, if it came twice. */
export function offer(text: string, from: usize, size: usize): void {
  if (size > LIMIT) return;
  if (entry.candidate != print) {
    entry.candidate = print;
    return;
  }
  if (entry.text != 0) __unpin(entry.text);
  entry.text = __pin(changetype<usize>(text));
  entry.size = size;
  entry.sound = isValue(from, size);
  memory.copy(bytesOf(entry), from, size);
}

/** The encoded form of a text that `find` returned last, 0 where it is another one. */
export function encodedOf(text: string): usize {
  return entry.text == changetype<usize>(text) ? bytesOf(entry) : 0;
}

/** Whether the value that `find` returned last may be a field value. */
export function isSound(): bool {
  return entry.sound;
}

function bytesOf(entry: Entry): usize {
  return changetype<usize>(entry) + offsetof<Entry>();
}

/** Over the size and both ends of a value: enough to choose a slot, since all bytes are compared in the end. */
function fingerprint(from: usize, size: usize): u32 {
  const first = load<u64>(from) & (size < 8 ? (1 << ((<u64>size) << 3)) - 1 : u64.MAX_VALUE);
  const last = size < 8 ? 0 : load<u64>(from + size - 8);
  return <u32>(((first ^ rotl(last, 23) ^ size) * 0x9e3779b97f4a7c15) >> 32);
}
