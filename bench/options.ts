import { parseArgs } from "node:util";
import { UserError } from "../tools/errors.js";

/** Parts of the benchmark, in the order in which they run. */
export const PARTS = ["sizes", "guest", "envoy", "w2", "w3", "keys", "memory", "scale"] as const;
export type PartName = (typeof PARTS)[number];

export interface BenchOptions {
  readonly parts: readonly PartName[];
  /** Fewer requests and windows: quicker, with more spread. */
  readonly quick: boolean;
  /** Replaces bench/RESULTS.md by what was measured. */
  readonly write: boolean;
}

const USAGE = `usage: npm run bench -- [--quick] [--only ${PARTS.join(",")}] [--write]`;

/** Reads the command line; throws UserError with the usage for what it does not know. */
export function parseOptions(argv: readonly string[]): BenchOptions {
  const { only, quick, write } = readFlags(argv);
  const wanted = only?.split(",") ?? PARTS;
  const unknown = wanted.filter((name) => !PARTS.includes(name as PartName));
  if (unknown.length > 0) throw new UserError(`--only: no part is called ${unknown.join(", ")}`, USAGE);
  return {
    parts: PARTS.filter((part) => wanted.includes(part)),
    quick: quick ?? false,
    write: write ?? false,
  };
}

function readFlags(argv: readonly string[]) {
  try {
    const options = {
      only: { type: "string" },
      quick: { type: "boolean" },
      write: { type: "boolean" },
    } as const;
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw new UserError((error as Error).message, USAGE);
  }
}
