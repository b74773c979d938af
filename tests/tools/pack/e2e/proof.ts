import type { Terminal } from "../../../../tools/terminal/index.js";
import { Missing } from "./parts/parts.js";

/** Something that is shown with real parts. It throws where it is not so, and Missing where a part is not there. */
export interface Proof {
  name: string;
  run(): Promise<void>;
}

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/** Runs one after another, and prints a line for each. Those for which no time is left have failed. */
export async function prove(
  proofs: readonly Proof[],
  limitMs: number,
  { line, colors }: Terminal,
): Promise<Totals> {
  const totals: Totals = { passed: 0, failed: 0, skipped: 0 };
  const end = Date.now() + limitMs;
  const late = () => Promise.reject(new Error(`not begun: ${limitMs / 60_000} minutes are over`));
  for (const { name, run } of proofs) {
    const start = Date.now();
    const failure = await (start < end ? run() : late()).then(
      () => null,
      (error: Error) => error,
    );
    const took = `${((Date.now() - start) / 1000).toFixed(1)} s`;
    if (failure === null) {
      totals.passed++;
      line(`${colors.green("ok")} ${name} (${took})`);
    } else if (failure instanceof Missing) {
      totals.skipped++;
      line(`${colors.yellow("skipped")} ${name}: ${failure.message}`);
    } else {
      totals.failed++;
      line(`${colors.red("FAILED")} ${name} (${took})\n  ${failure.stack?.replaceAll("\n", "\n  ")}`);
    }
  }
  return totals;
}

/** Makes something once, however many ask for it; who asks again after a failure is told of the same one. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
