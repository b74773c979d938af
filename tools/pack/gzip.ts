const largestBlock = 0xffff;

/**
 * Bytes as gzip (RFC 1952) without compression: what a compressor makes differs between its versions and between
 * processors, and an image is to have the same digest wherever it is built.
 */
export function storedGzip(bytes: Uint8Array): Buffer<ArrayBuffer> {
  const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
  const tail = Buffer.alloc(8);
  tail.writeUInt32LE(crc32(bytes), 0);
  tail.writeUInt32LE(bytes.length % 2 ** 32, 4);
  return Buffer.concat([head, ...storedBlocks(bytes), tail]);
}

/** Deflate's stored blocks (RFC 1951, section 3.2.4). */
function storedBlocks(bytes: Uint8Array): Buffer[] {
  const blocks: Buffer[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += largestBlock) {
    const part = bytes.subarray(at, at + largestBlock);
    const head = Buffer.alloc(5);
    head[0] = at + largestBlock >= bytes.length ? 1 : 0;
    head.writeUInt16LE(part.length, 1);
    head.writeUInt16LE(part.length ^ 0xffff, 3);
    blocks.push(Buffer.concat([head, part]));
  }
  return blocks;
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
