import { countingBody } from "./count-body.js";
import { cursorOver, readUnsigned, unsignedLeb } from "./cursor.js";
import { countImports, functionBodies, functionNames } from "./module-info.js";
import { readSections, SECTION, writeSections } from "./sections.js";
import type { Section } from "./sections.js";

/** What is counted. */
export interface Counting {
  /** Functions by name whose entries are counted. */
  readonly watch?: (name: string) => boolean;
  /** Counts the instructions of each function by itself. */
  readonly byFunction?: boolean;
}

/** A module that counts what it executes, and the names of the i64 globals in which it exports the counts. */
export interface CountingModule {
  readonly binary: Uint8Array;
  /** Instructions: of the whole module, or of each of its own functions in order. */
  readonly instructions: readonly string[];
  /** How often the watched functions were entered. */
  readonly entries: string;
}

type Part = Pick<Section, "id" | "content">;

const PREFIX = "meshscript_bench_";
const ENTRIES = `${PREFIX}entries`;
const ZERO_I32 = [0x7f, 0x01, 0x41, 0x00, 0x0b];
const ZERO_I64 = [0x7e, 0x01, 0x42, 0x00, 0x0b];

/**
 * Rewrites a module so that it counts what it executes, charging as wasmtime's fuel does: one for each function entered
 * and each instruction, nothing for those that make no code, the length on top for bulk ones.
 */
export function instrument(
  binary: Uint8Array,
  { watch = () => false, byFunction }: Counting,
): CountingModule {
  const sections = readSections(binary);
  const imports = countImports(sections);
  const names = functionNames(sections);
  const bodies = functionBodies(sections);
  const instructions = bodies
    .slice(0, byFunction ? undefined : 1)
    .map((_, i) => `${PREFIX}instructions_${i}`);
  const scratch = imports.globals + countOf(sections, SECTION.global);
  const entries = scratch + 1;
  const counting = bodies.map((body, i) => {
    const watched = watch(names.get(imports.functions + i) ?? "");
    const own = entries + 1 + (byFunction ? i : 0);
    return countingBody(body, { instructions: own, entries: watched ? entries : null, scratch });
  });
  const exported = [ENTRIES, ...instructions].map((name, i) => globalExport(name, entries + i));
  const rewritten = sections.map((section) => rewrite(section, counting, exported));
  const globals = [ZERO_I32, ...exported.map(() => ZERO_I64)];
  return { binary: writeSections(withGlobals(rewritten, globals)), instructions, entries: ENTRIES };
}

function countOf(sections: readonly Section[], id: number): number {
  const section = sections.find((s) => s.id === id);
  return section ? readUnsigned(cursorOver(section.content)) : 0;
}

function rewrite(section: Section, bodies: readonly Uint8Array[], exported: readonly number[][]): Part {
  if (section.id === SECTION.code) return { id: section.id, content: joinBodies(bodies) };
  return section.id === SECTION.export ? appendTo(section, exported) : section;
}

function joinBodies(bodies: readonly Uint8Array[]): Uint8Array {
  const parts = bodies.flatMap((body) => [Uint8Array.from(unsignedLeb(body.length)), body]);
  return Buffer.concat([Uint8Array.from(unsignedLeb(bodies.length)), ...parts]);
}

function appendTo(section: Part, items: readonly number[][]): Part {
  const cursor = cursorOver(section.content);
  const count = Buffer.from(unsignedLeb(readUnsigned(cursor) + items.length));
  const present = section.content.subarray(cursor.at);
  return { id: section.id, content: Buffer.concat([count, present, Buffer.from(items.flat())]) };
}

/** The module with these globals after its own. */
function withGlobals(parts: readonly Part[], globals: readonly number[][]): Part[] {
  const present = parts.find((part) => part.id === SECTION.global);
  const extended = appendTo(present ?? { id: SECTION.global, content: Uint8Array.of(0) }, globals);
  if (present) return parts.map((part) => (part === present ? extended : part));
  const place = parts.findIndex((part) => part.id >= SECTION.export);
  return [...parts.slice(0, place), extended, ...parts.slice(place)];
}

function globalExport(name: string, index: number): number[] {
  return [...unsignedLeb(name.length), ...Buffer.from(name), 0x03, ...unsignedLeb(index)];
}
