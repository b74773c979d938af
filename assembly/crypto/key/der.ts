/** Where the content of the element that `enter` read last begins and ends. */
export let content: usize = 0;
export let contentEnd: usize = 0;

/**
 * Reads the tag and the length of an element in DER that must end at or before `end`. False where the tag is another or the
 * length not the shortest form of at most two bytes: nothing that is read here is longer than 64 KB.
 */
export function enter(at: usize, end: usize, tag: u32): bool {
  if (end - at < 2 || load<u8>(at) != tag) return false;
  const first: u32 = load<u8>(at, 1);
  const bytes: usize = first < 0x80 ? 0 : first - 0x80;
  if (bytes > 2 || first == 0x80 || end - at < 2 + bytes) return false;
  let size = bytes == 0 ? <usize>first : <usize>load<u8>(at, 2);
  if (bytes == 2) size = (size << 8) | load<u8>(at, 3);
  if ((bytes == 1 && size < 0x80) || (bytes == 2 && size < 0x100)) return false;
  content = at + 2 + bytes;
  contentEnd = content + size;
  return size <= end - content;
}

/** Reads an INTEGER above zero in its shortest form, and takes the zero byte off that only keeps it positive. */
export function enterPositive(at: usize, end: usize): bool {
  if (!enter(at, end, 0x02) || content == contentEnd) return false;
  const first: u32 = load<u8>(content);
  if (first != 0) return first < 0x80;
  ++content;
  return content < contentEnd && load<u8>(content) >= 0x80;
}
