import { take } from "./arena";
import { encode, encodedLimit } from "./text";
import { sizeOf } from "./wire";

// Writing the ABI's pair list, for what sends a whole set of fields at once.

/** Size of the list that was written last. */
export let listSize: u32 = 0;

/** Writes fields, names and values by turns, as a pair list that is valid until the callback returns: its address. */
export function pairList(fields: string[], count: i32 = fields.length): usize {
  const list = take(limitOf(fields, count));
  store<u32>(list, count >> 1);
  let at = list + 4 + ((<usize>count) << 2);
  for (let i = 0; i < count; ++i) {
    const end = encode(fields[i], at);
    store<u32>(list + ((<usize>i) << 2), <u32>(end - at), 4);
    store<u8>(end, 0);
    at = end + 1;
  }
  listSize = <u32>(at - list);
  return list;
}

/** `pairList` for texts that are encoded: their addresses stand at `from`. */
export function encodedPairList(from: usize, count: u32): usize {
  let size: usize = 4;
  for (let i: u32 = 0; i < count; ++i) size += 5 + sizeOf(addressAt(from, i));
  const list = take(size);
  store<u32>(list, count >> 1);
  let at = list + 4 + ((<usize>count) << 2);
  for (let i: u32 = 0; i < count; ++i) {
    const text = addressAt(from, i);
    store<u32>(list + ((<usize>i) << 2), sizeOf(text), 4);
    memory.copy(at, text, sizeOf(text));
    at += sizeOf(text);
    store<u8>(at++, 0);
  }
  listSize = <u32>size;
  return list;
}

function addressAt(from: usize, index: u32): usize {
  return load<u32>(from + ((<usize>index) << 2));
}

function limitOf(fields: string[], count: i32): usize {
  let limit: usize = 4;
  for (let i = 0; i < count; ++i) limit += 5 + encodedLimit(fields[i]);
  return limit;
}
