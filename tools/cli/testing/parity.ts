import { UserError } from "../../errors.js";
import { runParity } from "../../parity/main.js";
import type { Terminal } from "../../terminal/index.js";
import type { Tally } from "./tally.js";

/** The same ones each time, so that a failure is the work of a change. */
const seed = 1;
const count = 200;

/** The committed sequences and some random ones, on the emulator and on Envoy: each counts as a test. */
export async function comparedHosts(screen: Terminal): Promise<Tally> {
  screen.line(screen.colors.bold("\nEmulator against Envoy"));
  const indices = Array.from({ length: count }, (_, index) => index);
  try {
    const { compared, different } = await runParity(screen, seed, indices, true);
    return { passed: compared - different.length, failed: different.length, skipped: 0 };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    screen.line(screen.colors.red(`not played: ${error.message}`));
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
