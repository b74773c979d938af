import { cursorOver, readByte, readName, readUnsigned, unsignedLeb } from "./cursor.js";
import type { Cursor } from "./cursor.js";

/** One section of a module: its number, the content after the length, and how many bytes it takes in all. */
export interface Section {
  readonly id: number;
  readonly name: string;
  readonly content: Uint8Array;
  readonly size: number;
}

/** Numbers of the sections that something here reads or writes. */
export const SECTION = { custom: 0, import: 2, function: 3, global: 6, export: 7, code: 10 } as const;

const NAMES = [
  "custom",
  "types",
  "imports",
  "functions",
  "tables",
  "memory",
  "globals",
  "exports",
  "start",
  "elements",
  "code",
  "data",
  "data count",
  "tags",
];
const HEADER_SIZE = 8;
const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** Sections of a wasm module in order; throws if `binary` is not one. */
export function readSections(binary: Uint8Array): Section[] {
  if (HEADER.some((byte, i) => binary[i] !== byte)) throw new Error("not a wasm module (version 1)");
  const cursor = cursorOver(binary, HEADER_SIZE);
  const sections: Section[] = [];
  while (cursor.at < binary.length) sections.push(readSection(cursor));
  return sections;
}

function readSection(cursor: Cursor): Section {
  const start = cursor.at;
  const id = readByte(cursor);
  const length = readUnsigned(cursor);
  const content = cursor.bytes.subarray(cursor.at, cursor.at + length);
  if (content.length < length) throw new Error(`section ${id} is cut off`);
  cursor.at += length;
  const name = id === SECTION.custom ? readName(cursorOver(content)) : (NAMES[id] ?? `section ${id}`);
  return { id, name, content, size: cursor.at - start };
}

/** Module made of these sections. */
export function writeSections(sections: readonly Pick<Section, "id" | "content">[]): Uint8Array {
  const parts = sections.map((s) =>
    Buffer.concat([Buffer.from([s.id, ...unsignedLeb(s.content.length)]), s.content]),
  );
  return Buffer.concat([Buffer.from(HEADER), ...parts]);
}

/** Bytes of a module without its custom sections: what a release build would ship at least. */
export function sizeWithoutCustom(binary: Uint8Array): number {
  const kept = readSections(binary).filter((section) => section.id !== SECTION.custom);
  return kept.reduce((sum, section) => sum + section.size, HEADER_SIZE);
}

/** The module without its custom sections. */
export function withoutCustom(binary: Uint8Array): Uint8Array {
  return writeSections(readSections(binary).filter((section) => section.id !== SECTION.custom));
}
