import assert from "node:assert/strict";
import { test } from "node:test";
import { metricTags } from "../../../tools/build/metric-tags.js";

test("finds the tags of all metrics, each once", () => {
  const first =
    'a: Counter = new Counter("requests", ["status", "route"]); b = new Gauge("open", [\'pool\'], 10);';
  assert.deepEqual(metricTags([first, 'new Histogram(\n  "times",\n  ["route"],\n);']), [
    "pool",
    "route",
    "status",
  ]);
});

test("finds none where metrics have none, or the list is something else's", () => {
  assert.deepEqual(metricTags(['new Counter("hits")', 'new Thing("x", ["y"])', 'with(["a"])']), []);
});

test("finds tags in names as the host has them", () => {
  assert.deepEqual(metricTags(['count(utf8(".denied.;reason=."), reason)']), ["reason"]);
});
