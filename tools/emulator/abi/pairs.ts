import type { Header } from "../types.js";

const mostBytes = 1024 * 1024;
const mostPairs = 1024;

/** Pairs as they cross the boundary: count, all sizes, then each name and value with a NUL behind it. */
export function encodePairs(pairs: readonly Header[]): Uint8Array {
  const sizes = pairs.flatMap(([name, value]) => [name.length, value.length]);
  const head = Buffer.alloc(4 + 4 * sizes.length);
  head.writeUInt32LE(pairs.length);
  sizes.forEach((size, index) => head.writeUInt32LE(size, 4 + 4 * index));
  const texts = pairs.map(([name, value]) => `${name}\0${value}\0`).join("");
  return Buffer.concat([head, Buffer.from(texts, "latin1")]);
}

/** Null where the bytes are no pairs, or more than Envoy takes. */
export function decodePairs(bytes: Uint8Array): Header[] | null {
  if (bytes.length < 4 || bytes.length > mostBytes) return null;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.readUInt32LE();
  let at = 4 + 8 * count;
  if (count > mostPairs || at > view.length) return null;
  const part = (size: number) => view.toString("latin1", at, (at += size + 1) - 1);
  const pairs = Array.from({ length: count }, (_, index): Header => {
    const sizes = 4 + 8 * index;
    return [part(view.readUInt32LE(sizes)), part(view.readUInt32LE(sizes + 4))];
  });
  return at > view.length ? null : pairs;
}
