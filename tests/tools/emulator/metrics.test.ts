import assert from "node:assert/strict";
import { test } from "node:test";
import { agrees, asked, served } from "./support/services.js";
import { get } from "./support/probed.js";

test("a metric has a number of its own for each definition, by its type", async () => {
  const [said, expected] = await agrees(`
    define 0 c -> c 0 id=4
    define 0 c c2 -> c 0 id=8
    define 1 g -> g 0 id=5
    define 2 h -> h 0 id=6
    define 1 c cg -> c 0 id=9
    define 0 - -> - 0 id=12
    increment $c 1 -> 0
    increment $c2 2 -> 0
    metric $c -> 0 3
    metric $cg -> 0 0
  `);
  assert.deepEqual(said, expected);
});

test("counters only grow", async () => {
  const [said, expected] = await agrees(`
    define 0 c -> c 0 id=4
    increment $c 9007199254740993 -> 0
    metric $c -> 0 9007199254740993
    increment $c 0 -> 2
    increment $c -1 -> 2
    record $c 10 -> 0
    record $c -1 -> 0
    metric $c -> 0 9007199254741002
  `);
  assert.deepEqual(said, expected);
});

test("gauges go both ways and wrap around below 0", async () => {
  const [said, expected] = await agrees(`
    define 1 g -> g 0 id=5
    increment $g 5 -> 0
    increment $g -2 -> 0
    increment $g 0 -> 0
    metric $g -> 0 3
    record $g 100 -> 0
    increment $g -200 -> 0
    metric $g -> 0 18446744073709551516
    record $g u18446744073709551615 -> 0
    increment $g 1 -> 0
    metric $g -> 0 0
  `);
  assert.deepEqual(said, expected);
});

test("histograms take records and nothing else", async () => {
  const { plugin, emulator, said } = await served(
    asked("define 2 h\nrecord $h 10\nrecord $h 20\nincrement $h 1\nmetric $h"),
  );
  plugin.open().requestHeaders(get, true);
  assert.deepEqual(said().slice(1), [
    "record $h: 0",
    "record $h: 0",
    "increment $h: 2",
    "metric $h: 2 (untouched)",
  ]);
  assert.deepEqual(emulator.metrics().histograms, { h: [10n, 20n] });
});

test("numbers that were never given out are reported by the type they stand for", async () => {
  const [said, expected] = await agrees(`
    metric 400 -> 1 (untouched)
    metric 401 -> 1 (untouched)
    metric 402 -> 2 (untouched)
    metric 3 -> 2 (untouched)
    increment 400 1 -> 1
    increment 402 1 -> 2
    increment 3 1 -> 2
    record 400 1 -> 1
    record 402 1 -> 1
    record 3 1 -> 1
  `);
  assert.deepEqual(said, expected);
});

test("a test reads what all plugins counted, whatever VM they live in", async () => {
  const script = asked("define 0 hits\ndefine 0 dot.\ndefine 1 level\nincrement $hits 2\nrecord $level 7");
  const { plugin, load, emulator } = await served(script, { vmId: "one" });
  const other = load(script, { vmId: "two" });
  for (const each of [plugin, other]) each.open().requestHeaders(get, true);
  assert.deepEqual(emulator.metrics(), {
    counters: { hits: 4n, dot: 0n },
    gauges: { level: 7n },
    histograms: {},
  });
});

test("an unknown type of metric is a breach of the ABI", async () => {
  const { plugin } = await served(asked("define 3 x"));
  assert.throws(() => plugin.open().requestHeaders(get, true), /3 is no metric type/);
});
