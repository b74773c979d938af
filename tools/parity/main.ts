import { parseArgs } from "node:util";
import { UsageError } from "../cli/exit.js";
import { openHost } from "../cli/hosts.js";
import { counted, passing, terminal, type Terminal } from "../terminal/index.js";
import { committedCases } from "./cases.js";
import { probeModule } from "./probe.js";
import { report } from "./report.js";
import { compare, type Outcome, type Pair } from "./run.js";
import { sequenceOf, type Sequence } from "./sequence.js";

const options = {
  seed: { type: "string" },
  sequences: { type: "string" },
  sequence: { type: "string" },
} as const;
const usualCount = 200;

/** `npm run parity`: random sequences on emulator and Envoy, and where the two differ. */
export async function parity(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  const seed = numberOf("--seed", values.seed) ?? Math.floor(Math.random() * 2 ** 32);
  const only = numberOf("--sequence", values.sequence);
  const count = numberOf("--sequences", values.sequences) ?? usualCount;
  const indices = only === undefined ? Array.from({ length: count }, (_, index) => index) : [only];
  const outcome = await runParity(terminal(), seed, indices, only === undefined);
  return outcome.different.length > 0 ? 1 : 0;
}

/** Plays sequences of a seed, after the committed cases where they are wanted, and reports. */
export async function runParity(
  screen: Terminal,
  seed: number,
  indices: readonly number[],
  withCases: boolean,
): Promise<Outcome> {
  const start = Date.now();
  const pair: Pair = {
    hosts: [await openHost("emulator"), await openHost("envoy")],
    wasm: await probeModule(),
  };
  screen.line(`seed ${seed}`);
  const cases = withCases ? committedCases() : [];
  const outcome = await played(pair, [cases, indices.map((index) => sequenceOf(seed, index))]);
  report(screen, seed, outcome, [pair.hosts[0].name, pair.hosts[1].name], (Date.now() - start) / 1000);
  return outcome;
}

async function played(pair: Pair, groups: readonly (readonly Sequence[])[]): Promise<Outcome> {
  const total: Outcome = { compared: 0, different: [], unsteady: [] };
  const progress = passing();
  let count = 0;
  for (const sequences of groups) {
    const part = await compare(pair, sequences, (more) => {
      count += more;
      progress.show(counted(count, "sequence"));
    });
    total.compared += part.compared;
    total.different.push(...part.different);
    total.unsteady.push(...part.unsteady);
  }
  progress.end();
  return total;
}

function numberOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number < 2 ** 32) return number;
  throw new UsageError(`${option}: a whole number below 4294967296 is needed, not "${text}"`);
}
