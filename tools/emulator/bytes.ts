/** Text as a byte string: one character for each of its UTF-8 bytes. */
export function utf8(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** The text that a byte string holds in UTF-8; bytes that are none become replacement characters. */
export function text(byteString: string): string {
  return Buffer.from(byteString, "latin1").toString("utf8");
}

export function toBytes(byteString: string): Uint8Array {
  return Buffer.from(byteString, "latin1");
}

export function fromBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** Configuration as a host holds it: text becomes UTF-8. */
export function configurationBytes(given: string | Uint8Array | undefined): Uint8Array {
  return typeof given === "string" ? Buffer.from(given, "utf8") : (given ?? new Uint8Array());
}
