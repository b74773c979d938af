import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { packageRoot } from "../../../../tools/package-root.js";
import { checkResources } from "../../../../tools/validate/resources/check.js";

/** Objects of one kind, those that a cluster takes and those that it refuses. */
export interface Samples {
  type: string;
  accepted: object[];
  refused: Refused[];
}

export interface Refused {
  /** Where the first accepted object is spoilt: by another value, or by taking the value away. */
  at: (string | number)[];
  put?: unknown;
  /** What is said of it, and nothing else. */
  says: string | string[];
  /** A cluster refuses it, by what cannot be run here. */
  unproven?: true;
}

const folder = join(packageRoot, "tests/tools/validate/samples");

export function allSamples(): Samples[] {
  return readdirSync(folder).map((name) => parse(readFileSync(join(folder, name), "utf8")) as Samples);
}

export function spoilt([first]: object[], { at, put }: Refused): object {
  const copy = structuredClone(first!);
  const parent = at.slice(0, -1).reduce((value: Record<string, never>, step) => value[step]!, copy as never);
  const last = at.at(-1)!;
  if (put === undefined) delete parent[last];
  else parent[last] = put as never;
  return copy;
}

/** What meshscript says of an object. */
export function saidOf(object: object): string[] {
  const { findings, unchecked } = checkResources(stringify(object), "sample.yaml");
  return [...findings.map(({ text }) => text), ...unchecked];
}
