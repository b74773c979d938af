import assert from "node:assert/strict";
import { test } from "node:test";
import { isFinding, judge } from "../../../tools/against-native/judge.js";
import type { Deliberate, Pair, Sent, Variant, View } from "../../../tools/against-native/pair.js";

const variant: Variant = { name: "only", ours: {}, native: { filter: {} } };
const sent: Sent = {
  protocol: "http1",
  request: { method: "GET", path: "/", lines: [], pieces: [], chunked: false, trailers: [] },
  answer: { status: 200, lines: [] },
};
const passed: View = { status: "200", reached: "yes", "upstream x-user": "alice" };
const refused: View = { status: "401", reached: "no", "upstream x-user": "none" };

function pairWith(...deliberate: Deliberate[]): Pair {
  return {
    filter: "one",
    native: "other",
    variants: [variant],
    upstream: ["x-user"],
    client: [],
    generate: () => sent,
    deliberate,
  };
}

function explaining(id: string, aspects: string[], safe?: string): Deliberate {
  return { id, reason: "It is so.", ...(safe === undefined ? {} : { safe }), explains: () => aspects };
}

test("filters that show the same agree", () => {
  const verdict = judge(pairWith(explaining("a", ["status"])), variant, sent, passed, { ...passed });
  assert.deepEqual(verdict, { deliberate: [], unexplained: [], permissive: false });
});

test("a difference in any aspect that nothing explains is a finding", () => {
  for (const aspect of Object.keys(passed)) {
    const verdict = judge(pairWith(), variant, sent, passed, { ...passed, [aspect]: "else" });
    assert.deepEqual(verdict.unexplained, [aspect]);
    assert.ok(isFinding(verdict));
  }
});

test("a difference that is explained in part is a finding, and says what is left", () => {
  const pair = pairWith(explaining("a", ["status", "reached"]));
  const verdict = judge(pair, variant, sent, refused, passed);
  assert.deepEqual(verdict, { deliberate: ["a"], unexplained: ["upstream x-user"], permissive: false });
  assert.ok(isFinding(verdict));
});

test("several cases may explain a difference together, and those with nothing to explain do not count", () => {
  const pair = pairWith(
    explaining("a", ["status", "reached"]),
    explaining("b", ["upstream x-user"]),
    explaining("c", ["client vary"]),
    explaining("d", []),
  );
  const verdict = judge(pair, variant, sent, refused, passed);
  assert.deepEqual(verdict, { deliberate: ["a", "b"], unexplained: [], permissive: false });
  assert.ok(!isFinding(verdict));
});

test("what ours alone lets through is a finding although it is explained", () => {
  const pair = pairWith(explaining("a", Object.keys(passed)));
  const verdict = judge(pair, variant, sent, passed, refused);
  assert.deepEqual(verdict, { deliberate: ["a"], unexplained: [], permissive: true });
  assert.ok(isFinding(verdict));
});

test("unless a case that explains it says why it is safe", () => {
  const pair = pairWith(explaining("a", Object.keys(passed), "It is safe."));
  assert.ok(!isFinding(judge(pair, variant, sent, passed, refused)));
  const other = pairWith(
    explaining("a", Object.keys(passed)),
    explaining("b", ["client vary"], "It is safe."),
  );
  assert.ok(isFinding(judge(other, variant, sent, passed, refused)));
});

test("a pair may say itself what it means to let more happen", () => {
  const pair = { ...pairWith(explaining("a", ["upstream x-user"])), permits: () => true };
  assert.ok(judge(pair, variant, sent, passed, { ...passed, "upstream x-user": "none" }).permissive);
});
