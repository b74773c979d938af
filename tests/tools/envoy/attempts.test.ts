import assert from "node:assert/strict";
import { test } from "node:test";
import { attemptIn } from "../../../tools/envoy/attempts.js";
import { linesOfFilters } from "../../../tools/envoy/filter-log.js";
import type { LogLine } from "../../../tools/envoy/log.js";
import { attemptsIn } from "../../../tools/traffic/attempts.js";

const attempt = "Attempted call to restricted proxy-wasm capability: proxy_http_call";
const wasi = "Attempted call to restricted WASI capability: environ_get";

function line(text: string, component = "wasm"): LogLine {
  return { level: "error", component, text };
}

const guard = { name: "guard", withheld: ["proxy_http_call"] };
const second = { name: "second", withheld: ["proxy_http_call", "environ_get"] };
const other = { name: "other", withheld: [] };

/** Line, chain, what our log says. */
const cases: [what: string, line: LogLine, chain: (typeof guard)[], said: string | undefined][] = [
  ["the only filter that can have tried is named", line(attempt), [other, guard], `guard: ${attempt}`],
  [
    "of two that can have tried both are named",
    line(attempt),
    [guard, second],
    `guard or second: ${attempt}`,
  ],
  ["two plugins of one name are one", line(attempt), [guard, guard], `guard: ${attempt}`],
  ["a call of WASI is one, too", line(wasi), [guard, second], `second: ${wasi}`],
  ["where nobody can have tried the line stays", line(attempt), [other], attempt],
  ["what a filter says is no attempt", line(`wasm log guard guard-1: ${attempt}`), [guard], undefined],
  ["what another part of Envoy says is none", line(attempt, "main"), [guard], undefined],
];

for (const [what, said, chain, expected] of cases) {
  test(what, () => assert.equal(attemptIn(said, chain), expected));
}

test("attempts stand among what filters logged, in order", () => {
  const chain = [{ ...guard, rootId: "", vmId: "guard-1" }];
  const lines = [
    line("wasm log guard guard-1: before"),
    line(attempt),
    line("wasm log guard guard-1: after"),
  ];
  assert.deepEqual(linesOfFilters(lines, chain), ["error before", `error guard: ${attempt}`, "error after"]);
});

test("of a log that is shown, attempts are found with a filter's name and without, each once", () => {
  const shown = [
    `error guard: ${attempt}`,
    `error ${wasi}`,
    `error guard: ${attempt}`,
    `info ${attempt}`,
    "error no",
  ];
  assert.deepEqual(attemptsIn(shown), [`error guard: ${attempt}`, `error ${wasi}`]);
});
