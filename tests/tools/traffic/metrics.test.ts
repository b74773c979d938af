import assert from "node:assert/strict";
import { test } from "node:test";
import type { Host, Metrics } from "../../../tools/traffic/index.js";
import { direct } from "./hosts.js";
import { playCase, verdicts } from "./play-text.js";

/** A host whose filters have counted this before the case, and that since its request. */
function counting(before: Metrics, after: Metrics): Host {
  const host = direct("direct");
  return {
    ...host,
    async start(setup) {
      const started = await host.start(setup);
      if (started.refused) return started;
      const answers = [before];
      return { ...started, running: { ...started.running, metrics: async () => answers.shift() ?? after } };
    },
  };
}

const played = async (metrics: string, before: Metrics, after: Metrics): Promise<string[]> =>
  verdicts(
    await playCase(`protocol: http1\nclient: { status: 200 }\nmetrics: ${metrics}`, counting(before, after)),
  );

test("what counts is by how much a metric changes while the case is played", async () => {
  assert.deepEqual(await played("{ hits: 2, level: -1 }", { hits: 40, level: 3 }, { hits: 42, level: 2 }), [
    "http1 | passed",
  ]);
  assert.deepEqual(await played("{ hits: 1, quiet: 0 }", {}, { hits: 1 }), ["http1 | passed"]);
});

test("a metric with tags is told by its tags", async () => {
  const after = { "requests.;route=.a.b.;status=.200": 1, "requests.;route=..;status=": 2 };
  const expected = '{ "requests{route=a.b,status=200}": 1, "requests{route=,status=}": 2 }';
  assert.deepEqual(await played(expected, {}, after), ["http1 | passed"]);
});

test("a metric that changed otherwise is red, and the others that changed are shown", async () => {
  const expected = "metrics hits: expected a change by 2, saw 1; changed were other by 5";
  assert.deepEqual(await played("{ hits: 2 }", { hits: 1, same: 4 }, { hits: 2, other: 5, same: 4 }), [
    `http1 | failed | ${expected}`,
  ]);
});
