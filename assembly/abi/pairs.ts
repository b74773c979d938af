import { sameBytes } from "./compare";

// The ABI's pair list: a count, the sizes of each name and value, then names and values, each closed by a NUL.
// What the host sends is trusted to be well formed only as far as the size it states.

/** Number of pairs in a list of `size` bytes; 0 where the list is cut short. */
export function pairCount(list: usize, size: usize): u32 {
  if (size < 4) return 0;
  const count = load<u32>(list);
  let total: u64 = 4 + ((<u64>count) << 3);
  if (total > size) return 0;
  for (let at = list + 4, end = firstPair(list); at < end; at += 8)
    total += <u64>load<u32>(at) + load<u32>(at, 4) + 2;
  return total > size ? 0 : count;
}

/** Address of the first name. */
export function firstPair(list: usize): usize {
  return list + 4 + ((<usize>load<u32>(list)) << 3);
}

export function nameSize(list: usize, index: u32): u32 {
  return load<u32>(list + ((<usize>index) << 3), 4);
}

export function valueSize(list: usize, index: u32): u32 {
  return load<u32>(list + ((<usize>index) << 3), 8);
}

/** Address of the pair after the one at `at`. */
export function nextPair(list: usize, index: u32, at: usize): usize {
  return at + nameSize(list, index) + valueSize(list, index) + 2;
}

/** Value of the pair at `at`. */
export function pairValue(list: usize, index: u32, at: usize): usize {
  return at + nameSize(list, index) + 1;
}

/** Whether the pair at `at` has this name. */
export function hasName(list: usize, index: u32, at: usize, name: usize, size: usize): bool {
  return nameSize(list, index) == <u32>size && sameBytes(at, name, size);
}
