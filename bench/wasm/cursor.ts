/** A place in a wasm binary that moves as things are read. */
export interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

/** Cursor over `bytes`, at `at`. */
export function cursorOver(bytes: Uint8Array, at = 0): Cursor {
  return { bytes, at };
}

/** Reads one byte; throws past the end. */
export function readByte(cursor: Cursor): number {
  const byte = cursor.bytes[cursor.at];
  if (byte === undefined) throw new Error(`wasm ends unexpectedly at byte ${cursor.at}`);
  cursor.at++;
  return byte;
}

/** Reads an unsigned LEB128 number below 2^32. */
export function readUnsigned(cursor: Cursor): number {
  let value = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = readByte(cursor);
    value += (byte & 127) * factor;
    if (byte < 128) return value;
  }
}

/** Passes a LEB128 number of any sign and width. */
export function skipLeb(cursor: Cursor): void {
  while (readByte(cursor) >= 128);
}

/** Reads a text with its length in front. */
export function readName(cursor: Cursor): string {
  const length = readUnsigned(cursor);
  const start = cursor.at;
  cursor.at += length;
  return Buffer.from(cursor.bytes.buffer, cursor.bytes.byteOffset + start, length).toString("utf8");
}

/** Bytes of `value` as unsigned LEB128; a value below 2^31. */
export function unsignedLeb(value: number): number[] {
  const low = value & 127;
  return value < 128 ? [low] : [low | 128, ...unsignedLeb(value >>> 7)];
}

/** Bytes of `value` as signed LEB128; a value from 0 to 2^31 - 1. */
export function signedLeb(value: number): number[] {
  return value < 64 ? [value] : [(value & 127) | 128, ...signedLeb(value >>> 7)];
}
