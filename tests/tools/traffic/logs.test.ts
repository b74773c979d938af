import assert from "node:assert/strict";
import { test } from "node:test";
import { direct, piped } from "./hosts.js";
import { playCase, verdicts } from "./play-text.js";

const host = () => piped((bytes) => bytes, ["info key of alice", "warn k-secret seen"]);
const played = async (logs: string): Promise<string[]> =>
  verdicts(await playCase(`protocol: http1\nclient: { status: 200 }\nlogs: ${logs}`, host()));

test("texts are looked for in the lines that the case caused", async () => {
  assert.deepEqual(await played('[alice, { matches: "^warn .*seen$" }, { without: [bob] }]'), [
    "http1 | passed",
  ]);
  assert.deepEqual(await played("{ without: [bob] }"), ["http1 | passed"]);
});

test("a text that no line has is red", async () => {
  const lines = '"info key of alice", "warn k-secret seen"';
  assert.deepEqual(await played("[bob]"), [
    `http1 | failed | logs: expected a text with "bob", saw ${lines}`,
  ]);
});

test("a text that no line may have is red where one has it", async () => {
  const expected = 'http1 | failed | logs: expected no line with "k-secret", saw "warn k-secret seen"';
  assert.deepEqual(await played("[{ without: [k-secret] }]"), [expected]);
});

test("lines from before the case do not count", async () => {
  const lines = "protocol: http1\nclient: { status: 200 }\nlogs: [old]";
  const results = verdicts(await playCase(lines, direct("direct", ["info old"])));
  assert.deepEqual(results, ['http1 | failed | logs: expected a text with "old", saw no line']);
});
