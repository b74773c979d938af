import { lengthBytes, readLength, sections, withSections } from "./wasm.js";

/** A run of bytes that a module puts into its memory when it starts. */
export interface Segment {
  address: number;
  bytes: Uint8Array;
}

const I32_CONST = 0x41;
const END = 0x0b;

/** The active segments of a module's memory. Throws on any other kind: the compiler makes none. */
export function dataSegments(binary: Uint8Array): Segment[] {
  const content = sections(binary).find((s) => s.name === "data")?.content;
  if (!content) return [];
  let [count, at] = readLength(content, 0);
  const segments: Segment[] = [];
  for (; count > 0; --count) {
    if (content[at] !== 0 || content[at + 1] !== I32_CONST)
      throw new Error("unexpected kind of data segment");
    const [address, afterAddress] = readSigned(content, at + 2);
    const [length, start] = readLength(content, afterAddress + 1);
    segments.push({ address, bytes: content.subarray(start, start + length) });
    at = start + length;
  }
  return segments;
}

/**
 * The module with other segments. The count that stands in front of the code keeps its width, so the code keeps its
 * place and the source map stays true.
 */
export function withDataSegments(binary: Uint8Array, segments: Segment[]): Uint8Array {
  const parts = segments.map(({ address, bytes }) =>
    Buffer.concat([
      Buffer.from([0, I32_CONST]),
      signedBytes(address),
      Buffer.from([END]),
      lengthBytes(bytes.length),
      bytes,
    ]),
  );
  return withSections(binary, (section) => {
    if (section.name === "data") return Buffer.concat([lengthBytes(segments.length), ...parts]);
    if (section.name === "data count") return paddedLength(segments.length, section.content.length);
    return null;
  });
}

/** What says where a segment begins and how long it is takes about as many bytes. */
const WORTH_A_SEGMENT = 7;

/** Segments in the order of their addresses, with those made one between which nothing or next to nothing stands. */
export function merged(segments: Segment[]): Segment[] {
  const result: Segment[] = [];
  for (const segment of [...segments].sort((a, b) => a.address - b.address)) {
    const last = result.at(-1);
    const gap = last ? segment.address - last.address - last.bytes.length : Infinity;
    if (last && gap <= WORTH_A_SEGMENT)
      last.bytes = Buffer.concat([last.bytes, Buffer.alloc(gap), segment.bytes]);
    else result.push({ ...segment });
  }
  return result;
}

function paddedLength(value: number, width: number): Buffer {
  const bytes = lengthBytes(value);
  if (bytes.length > width) throw new Error("more data segments than before");
  const padded = Buffer.alloc(width, 0x80);
  bytes.copy(padded);
  for (let i = bytes.length - 1; i < width - 1; ++i) padded[i]! |= 0x80;
  padded[width - 1]! &= 0x7f;
  return padded;
}

function readSigned(bytes: Uint8Array, at: number): [number, number] {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]!;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [shift < 25 && byte & 0x40 ? value | (-1 << (shift + 7)) : value, at];
  }
}

function signedBytes(value: number): Buffer {
  const bytes: number[] = [];
  for (;;) {
    const byte = value & 0x7f;
    value >>= 7;
    const last = (value === 0 && !(byte & 0x40)) || (value === -1 && (byte & 0x40) !== 0);
    bytes.push(last ? byte : byte | 0x80);
    if (last) return Buffer.from(bytes);
  }
}
