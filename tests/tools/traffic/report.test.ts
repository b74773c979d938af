import assert from "node:assert/strict";
import { test } from "node:test";
import { differencesIn, formatReport } from "../../../tools/traffic/index.js";
import type { CaseResult } from "../../../tools/traffic/index.js";
import { direct } from "./hosts.js";
import { playCase } from "./play-text.js";

const PASSED: CaseResult = {
  file: "tests/traffic/api-key.yaml",
  line: 5,
  filter: "api-key",
  name: "lets a known key through",
  protocol: "http1",
  host: "emulator",
  verdict: "passed",
  durationMs: 3.6,
  details: [],
};
const FAILED: CaseResult = {
  ...PASSED,
  host: "envoy",
  verdict: "failed",
  details: ["client status: expected 200, saw 401"],
};
const NOT_PLAYED: CaseResult = {
  ...PASSED,
  protocol: null,
  host: "envoy",
  verdict: "not played",
  details: ["no TLS"],
};

test("a report has a line per case and host, then failures, differences and totals", () => {
  assert.equal(
    formatReport([PASSED, FAILED, NOT_PLAYED]),
    `passed      emulator  http1      4 ms  api-key: lets a known key through
failed      envoy     http1      4 ms  api-key: lets a known key through
not played  envoy     -                api-key: lets a known key through
            no TLS

FAILED api-key: lets a known key through (envoy, http1) at tests/traffic/api-key.yaml:5
  client status: expected 200, saw 401

HOSTS DIFFER api-key: lets a known key through (http1): passed on emulator, failed on envoy, at tests/traffic/api-key.yaml:5

1 passed, 1 failed, 1 not played`,
  );
});

test("hosts differ only where one passes and another fails the same case", () => {
  assert.equal(differencesIn([PASSED, FAILED]).length, 1);
  assert.deepEqual(differencesIn([PASSED, { ...FAILED, line: 9 }]), []);
  assert.deepEqual(differencesIn([PASSED, { ...FAILED, protocol: "http2" }]), []);
  assert.deepEqual(differencesIn([PASSED, { ...NOT_PLAYED, protocol: "http1" }]), []);
});

test("a report of nothing still ends with totals", () => {
  assert.equal(formatReport([]), "0 passed, 0 failed, 0 not played");
});

test("a verbose report shows what client and upstream saw", async () => {
  const lines = "protocol: http1\nsend: { path: /a, headers: { x-a: b } }\nclient: { status: 200 }";
  const report = formatReport(await playCase(lines, direct()), { verbose: true });
  assert.match(report, /upstream saw GET \/a\n {14}host: "localhost"\n {14}x-a: "b"\n/);
  assert.match(report, /client saw 200\n {14}content-length: "6"\n {14}body "hello\\n"/);
});

test("colours are used on request only", () => {
  assert.ok(!formatReport([PASSED]).includes("\x1b["));
  assert.ok(formatReport([PASSED], { color: true }).includes("\x1b["));
});
