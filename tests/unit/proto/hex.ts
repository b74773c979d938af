import { Bytes } from "meshscript/assembly/abi/bytes";

/** Bytes as they stand in tables: `08 96 01`. */
export function hex(bytes: Bytes): string {
  const all: string[] = [];
  for (let i = 0; i < bytes.length; ++i) all.push(bytes.at(i).toString(16).padStart(2, "0"));
  return all.join(" ");
}

/** The other way round. */
export function unhex(text: string): Bytes {
  const parts = text.length == 0 ? new Array<string>() : text.split(" ");
  const bytes = new Uint8Array(parts.length);
  for (let i = 0; i < parts.length; ++i) bytes[i] = <u8>parseInt(parts[i], 16);
  return Bytes.of(bytes);
}
