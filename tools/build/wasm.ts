/** A section of a module, in the order in which it stands there. */
export interface Section {
  /** For custom sections their own name. */
  name: string;
  custom: boolean;
  /** Size in bytes, header included. */
  size: number;
  /** What follows the header; for a custom section, what follows its name. */
  content: Uint8Array;
}

const NAMES = [
  "custom",
  "type",
  "import",
  "function",
  "table",
  "memory",
  "global",
  "export",
  "start",
  "element",
  "code",
  "data",
  "data count",
  "tag",
];
const HEADER_SIZE = 8;

/** The sections of a module. Throws on what is no wasm module. */
export function sections(binary: Uint8Array): Section[] {
  if (Buffer.from(binary.subarray(0, 4)).toString("latin1") !== "\0asm") throw new Error("not a wasm module");
  const found: Section[] = [];
  for (let at = HEADER_SIZE; at < binary.length; ) {
    const [length, start] = readLength(binary, at + 1);
    found.push(sectionOf(binary[at]!, binary.subarray(start, start + length), start + length - at));
    at = start + length;
  }
  return found;
}

function sectionOf(id: number, content: Uint8Array, size: number): Section {
  if (id !== 0) return { name: NAMES[id] ?? `section ${id}`, custom: false, size, content };
  const [length, start] = readLength(content, 0);
  const name = Buffer.from(content.subarray(start, start + length)).toString("utf8");
  return { name, custom: true, size, content: content.subarray(start + length) };
}

/** Content of a custom section, null where the module has none of this name. */
export function customSection(binary: Uint8Array, name: string): Uint8Array | null {
  return sections(binary).find((s) => s.custom && s.name === name)?.content ?? null;
}

/** The module with a custom section at its end. */
export function withCustomSection(binary: Uint8Array, name: string, content: Uint8Array): Uint8Array {
  const title = Buffer.from(name);
  const body = Buffer.concat([lengthBytes(title.length), title, content]);
  return Buffer.concat([binary, Buffer.from([0]), lengthBytes(body.length), body]);
}

/** The module with the content of some sections replaced; null keeps a section as it is. */
export function withSections(
  binary: Uint8Array,
  replace: (section: Section) => Uint8Array | null,
): Uint8Array {
  const parts: Uint8Array[] = [binary.subarray(0, HEADER_SIZE)];
  let at = HEADER_SIZE;
  for (const section of sections(binary)) {
    const content = section.custom ? null : replace(section);
    if (content) parts.push(Buffer.from([binary[at]!]), lengthBytes(content.length), content);
    else parts.push(binary.subarray(at, at + section.size));
    at += section.size;
  }
  return Buffer.concat(parts);
}

/** Size of what a host runs: the module without its custom sections. */
export function codeSize(binary: Uint8Array): number {
  const parts = sections(binary).filter((s) => !s.custom);
  return parts.reduce((sum, s) => sum + s.size, HEADER_SIZE);
}

/** Reads an unsigned LEB128 number; returns it and where it ends. */
export function readLength(bytes: Uint8Array, at: number): [number, number] {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    if (byte === undefined) throw new Error("the wasm module is cut short");
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
}

/** A number as unsigned LEB128. */
export function lengthBytes(value: number): Buffer {
  const bytes: number[] = [];
  do {
    const rest = value >>> 7;
    bytes.push((value & 0x7f) | (rest > 0 ? 0x80 : 0));
    value = rest;
  } while (value > 0);
  return Buffer.from(bytes);
}
