import { runAgainstNative } from "../../against-native/main.js";
import { UserError } from "../../errors.js";
import type { Terminal } from "../../terminal/index.js";
import type { Modules } from "../modules.js";
import { counts } from "./counts.js";
import type { Tally } from "./tally.js";

/** The same ones each time, so that a failure is the work of a change. */
const seed = 1;

/** Some requests for each filter of which Envoy has one, too: each counts as a test. */
export async function comparedFilters(modules: Modules, screen: Terminal): Promise<Tally> {
  screen.line(screen.colors.bold("\nOur filters against Envoy's own"));
  const requests = counts.againstNative.short;
  try {
    const outcomes = await runAgainstNative({ screen, seed, requests, modules });
    const failed = outcomes.reduce((sum, { findings }) => sum + findings.length, 0);
    return { passed: outcomes.length * requests - failed, failed, skipped: 0 };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    screen.line(screen.colors.red(`not compared: ${error.message}`));
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
