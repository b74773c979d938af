import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors.js";

/** A seed that once found something: it is played first, ever after. */
export interface Kept {
  filter: string;
  seed: number;
  /** What it found. */
  found: string;
}

/** Relative to the project. */
export const keptFile = "tests/fuzz/seeds.json";

export function keptSeeds(project: string): Kept[] {
  const path = join(project, keptFile);
  if (!existsSync(path)) return [];
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Kept[];
  } catch (error) {
    throw new UserError(`${keptFile}: ${(error as Error).message}`);
  }
}
