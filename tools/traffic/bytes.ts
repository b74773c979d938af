/** Text whose characters each stand for one byte, 0 to 255: headers and bodies as they are on the wire. */
export type Bytes = string;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const LONGEST_SHOWN = 300;

export function bytesOfText(text: string): Bytes {
  return Buffer.from(text, "utf8").toString("latin1");
}

export function bytesOfBase64(base64: string): Bytes {
  return Buffer.from(base64, "base64").toString("latin1");
}

export function bytesOfBuffer(buffer: Uint8Array): Bytes {
  return Buffer.from(buffer).toString("latin1");
}

export function bufferOf(bytes: Bytes): Buffer {
  return Buffer.from(bytes, "latin1");
}

/** The bytes read as UTF-8; null where they are not. */
export function textOf(bytes: Bytes): string | null {
  try {
    return decoder.decode(bufferOf(bytes));
  } catch {
    return null;
  }
}

/** For messages: quoted text, or the form in which a case writes bytes that are not text; long ones are cut. */
export function show(bytes: Bytes): string {
  const text = textOf(bytes);
  const shown = text === null ? `{ base64: ${bufferOf(bytes).toString("base64")} }` : JSON.stringify(text);
  if (shown.length <= LONGEST_SHOWN) return shown;
  return `${shown.slice(0, LONGEST_SHOWN)}... (${bytes.length} bytes)`;
}
