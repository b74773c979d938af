import assert from "node:assert/strict";
import { test } from "node:test";
import { createColors } from "picocolors";
import { problemLines, summaryLines } from "../../../tools/cli/testing/traffic-report.js";
import type { CaseResult, Verdict } from "../../../tools/traffic/index.js";

const plain = createColors(false);

function result(host: string, verdict: Verdict, details: string[] = []): CaseResult {
  const place = { file: "tests/traffic/a.yaml", line: 7, filter: "a", name: "lets it through" };
  return { ...place, protocol: "http1", host, verdict, durationMs: 1, details };
}

test("the table has a line for each file and a column for each host", () => {
  const results = [
    result("emulator", "passed"),
    result("emulator", "passed"),
    result("envoy", "passed"),
    result("envoy", "failed"),
    result("envoy", "not played"),
  ];
  assert.deepEqual(summaryLines(results, ["tests/traffic/a.yaml", "b.yaml"], ["emulator", "envoy"]), [
    "  cases passed          emulator  envoy",
    "  tests/traffic/a.yaml  2         1, 1 FAILED, 1 not played",
    "  b.yaml                -         -",
  ]);
});

test("a failure says where, what and why, and that hosts differ", () => {
  const lines = problemLines(
    [result("emulator", "passed"), result("envoy", "failed", ["status 200"])],
    plain,
  );
  assert.deepEqual(lines, [
    "  FAILED tests/traffic/a.yaml:7 lets it through (envoy, http1)",
    "    status 200",
    "  HOSTS DIFFER tests/traffic/a.yaml:7 lets it through",
  ]);
});

test("cases that were not played are counted by reason", () => {
  const idle = result("emulator", "not played", ["no trailers"]);
  assert.deepEqual(problemLines([idle, idle], plain), ["  2 cases not played on emulator: no trailers"]);
});
