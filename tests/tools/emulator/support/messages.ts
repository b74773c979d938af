/** A protobuf message of fields below 16: a number, or bytes. */
export function message(fields: Readonly<Record<number, string | Uint8Array | number>>): Buffer {
  return Buffer.concat(
    Object.entries(fields).map(([field, value]) => {
      if (typeof value === "number") return Buffer.from([Number(field) << 3, value]);
      const bytes = Buffer.from(value);
      return Buffer.from([(Number(field) << 3) | 2, ...varint(bytes.length), ...bytes]);
    }),
  );
}

/** Bytes as the guest's scripts spell them. */
export function spelled(bytes: Uint8Array): string {
  return bytes.length === 0
    ? "-"
    : [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}
