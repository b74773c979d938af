import { modulesOf } from "../../../tools/cli/modules.js";
import { counts } from "../../../tools/cli/testing/counts.js";
import type { Tally } from "../../../tools/cli/testing/tally.js";
import { runToolTests } from "../../../tools/cli/testing/tool-tests.js";
import { runAgainstNative } from "../../../tools/against-native/main.js";
import { runCampaign } from "../../../tools/fuzz/campaign.js";
import { candidatesIn } from "../../../tools/fuzz/subjects.js";
import { packageRoot } from "../../../tools/package-root.js";
import type { Terminal } from "../../../tools/terminal/index.js";
import { measureComparisons } from "../timing/long.js";
import { springAllTraps } from "../traps/long.js";

/** What every part is given. */
export interface Setting {
  screen: Terminal;
  seed: number;
}

/** Something that takes long. */
export interface Part {
  name: string;
  title: string;
  run(setting: Setting): Promise<Tally>;
}

const tests = (name: string, title: string, only: RegExp): Part => ({
  name,
  title,
  run: ({ screen }) => runToolTests(packageRoot, screen, { only }),
});

export const parts: readonly Part[] = [
  tests(
    "vectors",
    "Vectors, by our own cryptography and by the host's, on the emulator and on Envoy",
    /\/crypto\//,
  ),
  tests("instructions", "Constant time: instructions", /\/timing\//),
  {
    name: "times",
    title: `Constant time: ${counts.times.long.toLocaleString("en-US")} times of each comparison`,
    run: async ({ screen }) => {
      const measured = await measureComparisons(counts.times.long);
      for (const { name, t, isRight } of measured)
        screen.line(
          `  t = ${t.toFixed(2).padStart(6)}  ${name}${isRight ? "" : screen.colors.red(" NOT AS IT SHOULD BE")}`,
        );
      const passed = measured.filter(({ isRight }) => isRight).length;
      return { passed, failed: measured.length - passed, skipped: 0 };
    },
  },
  {
    name: "traps",
    title: "A trap in each function that requests reach, on Envoy",
    run: async ({ screen }) => ({ ...(await springAllTraps(packageRoot, screen)), skipped: 0 }),
  },
  {
    name: "against-native",
    title: `${counts.againstNative.long.toLocaleString("en-US")} requests through each filter and Envoy's own`,
    run: async ({ screen, seed }) => {
      const outcomes = await runAgainstNative({ screen, seed, requests: counts.againstNative.long });
      const failed = outcomes.filter(({ findings }) => findings.length > 0).length;
      return { passed: outcomes.length - failed, failed, skipped: 0 };
    },
  },
  {
    name: "fuzz",
    title: `${counts.fuzz.long.toLocaleString("en-US")} runs of the fuzzer for each filter`,
    run: async ({ screen, seed }) => {
      const [project, modules] = [packageRoot, modulesOf(packageRoot)];
      const all = await candidatesIn(project);
      const run = (candidates: typeof all, runs: number) =>
        runCampaign({ project, candidates, seed, runs, modules, screen });
      const shipped = await run(
        all.filter(({ manifest }) => manifest !== null),
        counts.fuzz.long,
      );
      const others = await run(
        all.filter(({ manifest }) => manifest === null),
        counts.fuzzOfTestFilters.long,
      );
      return { passed: shipped.passed + others.passed, failed: shipped.failed + others.failed, skipped: 0 };
    },
  },
];
