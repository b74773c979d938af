import assert from "node:assert/strict";
import { test } from "node:test";
import type { Pair } from "../../../tools/against-native/pair.js";
import { apiKey } from "../../../tools/against-native/pairs/api-key.js";
import { findingLines, totals } from "../../../tools/against-native/report.js";
import { run, type Outcome } from "../../../tools/against-native/run.js";
import { openStage } from "../../../tools/against-native/stage.js";
import { modulesOf } from "../../../tools/cli/modules.js";
import { packageRoot } from "../../../tools/package-root.js";
import { verb } from "../cli/support/command.js";

const withEnvoy = { skip: process.env.MESHSCRIPT_NO_ENVOY ? "without Envoy" : false, timeout: 300_000 };
const modules = modulesOf(packageRoot);

/** Our filter with other credentials than Envoy's has. */
function otherKeys(change: (credentials: object[]) => object[]): Pair {
  const variants = apiKey.variants.map((variant) => {
    const ours = variant.ours as { credentials: object[]; allowed_clients?: string[] };
    return { ...variant, ours: { ...ours, credentials: change(ours.credentials) } };
  });
  return { ...apiKey, variants };
}

async function outcomeOf(pair: Pair, seed: number, count: number): Promise<Outcome> {
  const stage = await openStage(pair, modules);
  try {
    return await run(pair, stage, seed, count);
  } finally {
    await stage.stop();
  }
}

test(
  "a filter that refuses what Envoy's lets through is found, and its seed alone finds it again",
  withEnvoy,
  async () => {
    const pair = otherKeys((credentials) =>
      credentials.map((one) => ({ ...one, key: `${(one as { key: string }).key}!` })),
    );
    const { findings } = await outcomeOf(pair, 4_294_967_290, 40);
    assert.ok(findings.length > 5);
    const [first] = findings;
    assert.deepEqual([first!.ours.reached, first!.native.reached, first!.permissive], ["no", "yes", false]);
    const again = await outcomeOf(pair, first!.seed, 1);
    assert.deepEqual([again.findings[0]?.ours, again.findings[0]?.native], [first!.ours, first!.native]);
  },
);

test("a filter that lets through what Envoy's refuses is found as more permissive", withEnvoy, async () => {
  const pair = otherKeys((credentials) => [...credentials, { key: "wrong", client: "mallory" }]);
  const { findings } = await outcomeOf(pair, 1, 150);
  // Where only some clients may pass, mallory is refused with another status.
  const passing = findings.filter(({ ours }) => ours.reached === "yes");
  assert.ok(passing.length > 0);
  for (const { ours, native, permissive } of passing)
    assert.deepEqual([ours["upstream x-consumer"], native.reached, permissive], ["mallory", "no", true]);
});

test("a configuration that Envoy does not take is told of, and nothing stays behind", withEnvoy, async () => {
  const broken = otherKeys(() => []);
  await assert.rejects(openStage(broken, modules), /Envoy does not take the configurations of api-key/);
});

test("a finding names the command that sends it again, the request, and what each filter made of it", () => {
  const { variant, sent } = {
    variant: apiKey.variants[0]!,
    sent: apiKey.generate(fixed, apiKey.variants[0]!),
  };
  const verdict = { deliberate: [], unexplained: ["status"], permissive: true };
  const [ours, native] = [
    { status: "200", reached: "yes" },
    { status: "401", reached: "no" },
  ];
  const lines = findingLines("api-key", { seed: 7, variant, sent, ours, native, ...verdict });
  assert.equal(lines[0], "npm run against-native -- --filter api-key --seed 7 --requests 1");
  assert.ok(lines.includes('  status: ours "200", Envoy\'s "401"'));
  assert.ok(lines.includes('  reached: ours "yes", Envoy\'s "no" (explained)'));
});

test("the totals count all filters' requests", () => {
  const one = { filter: "a", agreed: 5, deliberate: 3, cases: new Map(), findings: [] };
  assert.equal(
    totals(9, [one, { ...one, filter: "b" }], 2),
    "seed 9: 2 filters, 16 requests, 10 agree, 6 differ on purpose, 0 findings (2 s)",
  );
});

test("a wrong filter, a wrong seed and a word too many are wrong use", async () => {
  for (const args of [
    ["--filter", "headers"],
    ["--seed", "4294967296"],
    ["--seed", "x"],
    ["--requests", "-1"],
    ["--count", "1"],
  ]) {
    const { code, stderr } = await verb(["against-native", ...args]);
    assert.equal(code, 2, args.join(" "));
    assert.notEqual(stderr, "");
  }
});

/** Always the first choice. */
const fixed = {
  below: () => 0,
  chance: () => false,
  pick: <T>(from: readonly T[]) => from[0]!,
  weigh: <T>(alternatives: readonly (readonly [number, T])[]) => alternatives[0]![1],
  times: <T>(count: number, make: () => T) => Array.from({ length: count }, make),
};
