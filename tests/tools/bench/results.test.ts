import assert from "node:assert/strict";
import { test } from "node:test";
import { costOf, envoyTable, ratioLimit, ratioTo } from "../../../bench/envoy/results.js";
import type { EnvoyRow } from "../../../bench/envoy/results.js";
import { verdict } from "../../../bench/limits.js";

const none = [70_000, 70_200, 70_100];
const rust: EnvoyRow = {
  name: "Rust",
  module: "rust",
  configuration: "full callbacks",
  cost: costOf([110_100, 110_000, 110_300], none),
};
const ours: EnvoyRow = {
  name: "ours",
  module: "w1",
  configuration: "generated",
  cost: costOf([102_100, 102_100, 102_100], none),
};
const absent: EnvoyRow = {
  name: "Rust",
  module: "rust",
  configuration: "full callbacks",
  missing: "cargo is not installed",
};

test("added is the median over the median without a filter", () => {
  assert.equal("cost" in rust && rust.cost.added, 40_000);
  assert.equal("cost" in ours && ours.cost.added, 32_000);
});

test("the ratio is taken between what is added, not between totals", () => {
  assert.equal(ratioTo(ours, rust), 0.8);
});

test("a limit on the ratio passes up to the bound and fails above it", () => {
  assert.equal(verdict(ratioLimit(ours, rust, 0.8)), "passed");
  assert.equal(verdict(ratioLimit(ours, rust, 0.79)), "failed");
});

test("without the reference the limit is skipped, and says why", () => {
  const limit = ratioLimit(ours, absent, 0.8);
  assert.equal(verdict(limit), "skipped");
  assert.equal(limit.missing, "cargo is not installed");
});

test("a row that was left out stays in the table with its reason", () => {
  const lines = envoyTable({ median: 70_100, min: 70_000, max: 70_200 }, [absent, ours], absent).split("\n");
  assert.match(lines[3]!, /Rust: left out, cargo is not installed/);
  assert.match(lines[4]!, /ours +\| generated +\| +102,100 \| +102,100 - 102,100 \| 32,000 \| +- \|/);
});
