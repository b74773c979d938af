import { take } from "./arena";
import { encode, encodedLimit } from "./text";

// Writing the ABI's pair list, for what sends a whole set of fields at once.

/** Size of the list that was written last. */
export let listSize: u32 = 0;

/** Writes fields, names and values by turns, as a pair list that is valid until the callback returns: its address. */
export function pairList(fields: string[]): usize {
  const list = take(limitOf(fields));
  const count = fields.length;
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

function limitOf(fields: string[]): usize {
  let limit: usize = 4;
  for (let i = 0; i < fields.length; ++i) limit += 5 + encodedLimit(fields[i]);
  return limit;
}
