import type { Bytes } from "../traffic/bytes.js";

/** When the probe does something; see tests/parity/probe.as. */
export type Phase =
  | "rh"
  | "rb"
  | "rf"
  | "re"
  | "rt"
  | "sh"
  | "sb"
  | "sf"
  | "se"
  | "st"
  | "tick"
  | "log"
  | "done";

/** An operation's name and its arguments. */
export type Words = readonly (Bytes | number)[];

/** One thing that a probe does. */
export interface Operation {
  phase: Phase;
  words: Words;
}

/** What a probe does with a stream, callback by callback. */
export type Program = readonly Operation[];

/** The configuration of a probe that holds the programs of several sequences. */
export function probeConfiguration(name: string, programs: ReadonlyMap<number, Program>): string {
  const lines = [...programs].flatMap(([key, program]) => program.map((one) => `${key} ${written(one)}`));
  return [name, ...lines].join("\n");
}

/** As the configuration and reports show it. */
export function written({ phase, words }: Operation): string {
  return [phase, ...words.map((word) => encoded(String(word)))].join(" ");
}

/** The reverse of `written`; numbers stay text. */
export function parsed(line: string): Operation {
  const [phase, ...words] = line.split(" ");
  return { phase: phase as Phase, words: words.map(decoded) };
}

function decoded(word: string): Bytes {
  if (word === "~") return "";
  return word.replace(/%([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}

function encoded(bytes: Bytes): string {
  if (bytes === "") return "~";
  return bytes.replace(/[^!-$&-}]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
