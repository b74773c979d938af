import assert from "node:assert/strict";
import { test } from "node:test";
import { limitLine, totals, verdict } from "../../../bench/limits.js";
import type { Limit } from "../../../bench/limits.js";
import { partText, resultsFile } from "../../../bench/report.js";
import { decimal, table, whole } from "../../../bench/table.js";

const kept: Limit = { name: "size", value: 1536, atMost: 1536, unit: "bytes" };
const broken: Limit = { name: "ratio", value: 0.85004, atMost: 0.85, unit: "of Rust's" };
const unmeasured: Limit = {
  name: "ratio",
  value: null,
  atMost: 0.85,
  unit: "of Rust's",
  missing: "no Envoy",
};

test("a figure on its bound keeps it, one above it does not, and none is no pass", () => {
  assert.deepEqual([kept, broken, unmeasured].map(verdict), ["passed", "failed", "skipped"]);
});

test("the totals name skipped limits only where there are any", () => {
  assert.equal(totals([kept, broken]), "1 passed, 1 failed");
  assert.equal(totals([kept, broken, unmeasured]), "1 passed, 1 failed, 1 skipped");
});

test("a limit's line shows figure and bound, or why there is no figure", () => {
  assert.equal(limitLine(kept), "ok   size: 1536 bytes, at most 1536");
  assert.equal(limitLine(broken), "FAIL ratio: 0.85 of Rust's, at most 0.85");
  assert.equal(limitLine(unmeasured), "skip ratio: not measured (no Envoy), at most 0.85");
});

test("a table sets texts to the left and figures to the right", () => {
  const rows = [
    ["raw", "full", "41"],
    ["meshscript", "generated", "1,844"],
  ];
  assert.equal(
    table(["module", "callbacks", "n"], rows, 2),
    [
      "| module     | callbacks |     n |",
      "| ---------- | --------- | ----: |",
      "| raw        | full      |    41 |",
      "| meshscript | generated | 1,844 |",
    ].join("\n"),
  );
});

test("a row with fewer cells is filled up", () => {
  assert.equal(table(["a", "b"], [["x"]]).split("\n")[2], "| x   |     |");
});

test("numbers are shown with thousands apart, or with three decimals at most", () => {
  assert.equal(whole(105_900.6), "105,901");
  assert.equal(decimal(5181.625), "5181.625");
  assert.equal(decimal(1 / 3), "0.333");
});

test("the file of results holds surroundings, parts and totals", () => {
  const part = { title: "Sizes", text: "| a |", limits: [kept] };
  const file = resultsFile([part], ["Envoy 1.40.0"], "2026-11-24");
  assert.match(file, /Measured on 2026-11-24/);
  assert.ok(file.includes("- Envoy 1.40.0\n"));
  assert.ok(file.includes(partText(part)));
  assert.match(file, /Limits: 1 passed, 0 failed\.\n$/);
});
