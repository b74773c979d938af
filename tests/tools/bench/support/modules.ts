import { writeSections } from "../../../../bench/wasm/sections.js";

/** Opcodes that the hand-made modules use. */
export const OP = {
  block: [0x02, 0x40],
  loop: [0x03, 0x40],
  if: [0x04, 0x40],
  else: [0x05],
  end: [0x0b],
  br: (depth: number) => [0x0c, depth],
  brIf: (depth: number) => [0x0d, depth],
  brTable: (depths: number[], otherwise: number) => [0x0e, depths.length, ...depths, otherwise],
  return: [0x0f],
  call: (index: number) => [0x10, index],
  nop: [0x01],
  drop: [0x1a],
  getLocal: (index: number) => [0x20, index],
  setLocal: (index: number) => [0x21, index],
  teeLocal: (index: number) => [0x22, index],
  i32: (value: number) => [0x41, value],
  subtract: [0x6b],
  fill: [0xfc, 0x0b, 0x00],
} as const;

/** Parts of a small module. */
export interface ModuleParts {
  /** Instructions of each function, which takes an i32 and returns nothing; the last one is exported as `run`. */
  readonly functions: readonly (readonly number[])[];
  /** Names of the functions, in a name section. */
  readonly names?: readonly string[];
  /** Whether it imports a function and has a global, so that numbers of its own do not start at 0. */
  readonly withImports?: boolean;
}

/** A module with one page of memory, made of these parts. */
export function moduleOf({ functions, names, withImports = false }: ModuleParts): Uint8Array {
  const imported = withImports ? 1 : 0;
  const sections = [
    section(1, [[0x60, 1, 0x7f, 0]]),
    ...(withImports ? [section(2, [[...text("env"), ...text("host"), 0x00, 0]])] : []),
    section(
      3,
      functions.map(() => [0]),
    ),
    section(5, [[0, 1]]),
    ...(withImports ? [section(6, [[0x7f, 0x00, 0x41, 0x07, 0x0b]])] : []),
    section(7, [[...text("run"), 0x00, imported + functions.length - 1]]),
    section(10, functions.map(body)),
    ...(names ? [nameSection(names, imported)] : []),
  ];
  return writeSections(sections);
}

function section(id: number, items: readonly (readonly number[])[]) {
  return { id, content: Uint8Array.from([items.length, ...items.flat()]) };
}

function body(code: readonly number[]): number[] {
  const bytes = [0, ...code, 0x0b];
  return [bytes.length, ...bytes];
}

function nameSection(names: readonly string[], firstIndex: number) {
  const map = [names.length, ...names.flatMap((name, i) => [firstIndex + i, ...text(name)])];
  return { id: 0, content: Uint8Array.from([...text("name"), 1, map.length, ...map]) };
}

function text(value: string): number[] {
  return [value.length, ...Buffer.from(value)];
}
