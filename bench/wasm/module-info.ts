import { cursorOver, readByte, readName, readUnsigned, skipLeb } from "./cursor.js";
import type { Cursor } from "./cursor.js";
import { SECTION } from "./sections.js";
import type { Section } from "./sections.js";

const FUNCTION_NAMES = 1;
const KIND = { function: 0, table: 1, memory: 2, global: 3, tag: 4 } as const;

/** How many functions and globals a module imports: its own are numbered after them. */
export interface ImportCounts {
  readonly functions: number;
  readonly globals: number;
}

/** Counts imported functions and globals. */
export function countImports(sections: readonly Section[]): ImportCounts {
  const counts = { functions: 0, globals: 0 };
  const section = sections.find((s) => s.id === SECTION.import);
  if (!section) return counts;
  const cursor = cursorOver(section.content);
  for (let left = readUnsigned(cursor); left > 0; left--) {
    const kind = readImport(cursor);
    if (kind === KIND.function) counts.functions++;
    if (kind === KIND.global) counts.globals++;
  }
  return counts;
}

function readImport(cursor: Cursor): number {
  readName(cursor);
  readName(cursor);
  const kind = readByte(cursor);
  if (kind === KIND.function) skipLeb(cursor);
  if (kind === KIND.global || kind === KIND.tag) cursor.at += 2;
  if (kind === KIND.table) cursor.at++;
  if (kind === KIND.table || kind === KIND.memory) skipLimits(cursor);
  return kind;
}

function skipLimits(cursor: Cursor): void {
  const hasMaximum = readByte(cursor) & 1;
  skipLeb(cursor);
  if (hasMaximum) skipLeb(cursor);
}

/** Names of functions by index, from the name section; empty where there is none. */
export function functionNames(sections: readonly Section[]): Map<number, string> {
  const names = new Map<number, string>();
  const section = sections.find((s) => s.id === SECTION.custom && s.name === "name");
  if (!section) return names;
  const cursor = cursorOver(section.content);
  readName(cursor);
  while (cursor.at < section.content.length) {
    const kind = readByte(cursor);
    const end = readUnsigned(cursor) + cursor.at;
    if (kind === FUNCTION_NAMES) readNameMap(cursor, names);
    cursor.at = end;
  }
  return names;
}

function readNameMap(cursor: Cursor, into: Map<number, string>): void {
  for (let left = readUnsigned(cursor); left > 0; left--) into.set(readUnsigned(cursor), readName(cursor));
}

/** Bodies of a module's own functions, without their lengths, in order. */
export function functionBodies(sections: readonly Section[]): Uint8Array[] {
  const section = sections.find((s) => s.id === SECTION.code);
  if (!section) return [];
  const cursor = cursorOver(section.content);
  const bodies: Uint8Array[] = [];
  for (let left = readUnsigned(cursor); left > 0; left--) {
    const length = readUnsigned(cursor);
    bodies.push(section.content.subarray(cursor.at, cursor.at + length));
    cursor.at += length;
  }
  return bodies;
}
