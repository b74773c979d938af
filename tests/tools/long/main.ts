import { parseArgs } from "node:util";
import { UsageError } from "../../../tools/cli/exit.js";
import { sumOf, tallyLine, type Tally } from "../../../tools/cli/testing/tally.js";
import { terminal } from "../../../tools/terminal/index.js";
import { parts, type Part } from "./parts.js";

const options = { only: { type: "string", multiple: true }, seed: { type: "string" } } as const;
/** The same one each time, so that a failure is the work of a change. */
const usualSeed = 1;

/** `npm run test:long`: what `npm test` shortens, in full. It takes hours. */
export async function testLong(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  const seed = seedOf(values.seed);
  const screen = terminal();
  const tallies: Tally[] = [];
  for (const part of chosen(values.only)) {
    const started = Date.now();
    screen.line(screen.colors.bold(`${part.title}, seed ${seed}`));
    const tally = await part.run({ screen, seed });
    tallies.push(tally);
    screen.line(`  ${tallyLine(tally)} in ${((Date.now() - started) / 1000).toFixed(0)} s\n`);
  }
  const total = sumOf(tallies);
  screen.line(tallyLine(total));
  return total.failed > 0 ? 1 : 0;
}

function chosen(names: readonly string[] | undefined): readonly Part[] {
  if (names === undefined) return parts;
  return names.map((name) => {
    const found = parts.find((part) => part.name === name);
    if (found) return found;
    throw new UsageError(`--only: no part "${name}"`, `Parts: ${parts.map((part) => part.name).join(", ")}.`);
  });
}

function seedOf(text: string | undefined): number {
  if (text === undefined) return usualSeed;
  if (/^\d{1,10}$/.test(text) && Number(text) < 2 ** 32) return Number(text);
  throw new UsageError(`--seed: a whole number below 4294967296 is needed, not "${text}"`);
}
