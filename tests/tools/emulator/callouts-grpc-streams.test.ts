import assert from "node:assert/strict";
import { test } from "node:test";
import { called } from "./support/calling.js";
import { answer, frame, grpc, look, outcome, stream, unary } from "./support/grpc.js";

test("a stream is told in full: metadata, messages however they were cut, its end", async () => {
  const said = await outcome([stream], ({ answer }) => {
    answer.headers([...grpc, ["x-i", "1"]], false);
    const all = Buffer.concat([frame("one"), frame(""), frame("three")]);
    answer.data(all.subarray(0, 6), false);
    answer.data(all.subarray(6), false);
    answer.trailers([
      ["grpc-status", "0"],
      ["x-t", "2"],
    ]);
  });
  assert.deepEqual(said, [
    "cb gi 1 token=6 n=3",
    "pairs 4: 0 3 [:status: 200] [content-type: application/grpc] [x-i: 1]",
    ...["cb gr 1 token=6 n=3", "body 5: 0 one"],
    ...["cb gr 1 token=6 n=0", "body 5: 0 "],
    ...["cb gr 1 token=6 n=5", "body 5: 0 three"],
    ...["cb gt 1 token=6 n=2", "pairs 5: 0 2 [grpc-status: 0] [x-t: 2]"],
    ...["cb gc 1 token=6 status=0", "status: 0 0 via_upstream"],
  ]);
});

test("a stream that nobody takes is told in full, with an answer of Envoy's own", async () => {
  const said = await outcome([stream], ({ answer }) => answer.failed("connection termination"));
  const text =
    "upstream connect error or disconnect/reset before headers. reset reason: connection termination";
  const lines = `[:status: 200] [content-type: application/grpc] [grpc-status: 14] [grpc-message: ${text}]`;
  assert.deepEqual(said.slice(0, 5), [
    ...["cb gi 1 token=6 n=0", "pairs 4: 0 "],
    ...["cb gt 1 token=6 n=4", `pairs 5: 0 4 ${lines}`],
    "cb gc 1 token=6 status=14",
  ]);
});

test("a stream that is answered by headers alone has them for trailing metadata", async () => {
  const said = await outcome([stream], ({ answer }) => answer.headers([...grpc, ["grpc-status", "7"]], true));
  assert.deepEqual(
    said.filter((line) => line.startsWith("cb")),
    ["cb gi 1 token=6 n=0", "cb gt 1 token=6 n=3", "cb gc 1 token=6 status=7"],
  );
});

test("messages go out one by one until the filter has ended its side", async () => {
  const sends = ["rh gsend 0 one 0", "rh gsend 0 two 0", "rh gclose 0", "rh gsend 0 late 0", "rh gclose 0"];
  const { calls, said } = await called([stream, ...sends]);
  assert.deepEqual(said().slice(1), ["gsend 0: 0", "gsend 0: 0", "gclose 0: 0", "gsend 0: 0", "gclose 0: 0"]);
  assert.equal(calls[0]!.body, "\0\0\0\0\x03one\0\0\0\0\x03two");
  assert.ok(calls[0]!.ended && !calls[0]!.cancelled);
});

test("nothing more is told of what was cancelled", async () => {
  for (const [begin, cancel] of [
    [stream, "gcancel"],
    [unary(), "gcancel"],
    [unary(), "gclose"],
  ] as const) {
    const { calls, said, clock } = await called(["trace", begin, `rh ${cancel} 0`, `rh ${cancel} 0`]);
    assert.deepEqual(said().slice(-2), [`${cancel} 0: 0`, `${cancel} 0: 1`]);
    assert.ok(calls[0]!.cancelled);
    answer(calls[0]!, ["x"], [["grpc-status", "0"]]);
    clock.advance(1000);
    assert.deepEqual(said(), []);
  }
});

test("a stream may be cancelled while it is told of, and is over in its close", async () => {
  const within = await outcome([stream, "gr gcancel 0"], (call) => answer(call, ["a", "b"], []));
  assert.deepEqual(within.slice(-3), ["cb gr 1 token=6 n=1", "gcancel 0: 0", "body 5: 0 a"]);
  const atEnd = await outcome([stream, "gc gcancel 0", "gc gclose 0", "gc gsend 0 x 0"], (call) =>
    answer(call, [], [["grpc-status", "0"]]),
  );
  assert.deepEqual(atEnd.slice(-4, -1), ["gcancel 0: 0", "gclose 0: 1", "gsend 0: 1"]);
});

test("numbers that are of another kind are told apart from those that are unknown", async () => {
  const odd = ["gcancel =8", "gclose =6", "gcancel =6", "gsend =6 x 0", "gsend =5 x 0", "gclose =7"];
  const { said } = await called(odd.map((line) => `rh ${line}`));
  assert.deepEqual(said(), [
    "gcancel =8: 2",
    "gclose =6: 1",
    "gcancel =6: 1",
    "gsend =6: 1",
    "gsend =5: 2",
    "gclose =7: 2",
  ]);
});

test("an unknown cluster is refused at once, and a call to it closed nevertheless", async () => {
  const { said } = await called([
    ...look,
    "rh gcall @nope s m - x 500",
    "rh gcall nope s m - x 500",
    "rh gstream @nope s m -",
    "rh gstream nope s m -",
  ]);
  assert.deepEqual(said(), [
    "gcall @nope: 10 token 0",
    "gcall nope: 4 token 0",
    "gstream @nope: 10 token 0",
    "gstream nope: 4 token 0",
    "status: 0 14 Cluster not available",
  ]);
});

test("a call and a stream outlive their exchange and end with their plugin", async () => {
  const { calls, said, plugin, stream: exchange } = await called(["trace", stream, unary()]);
  exchange.close();
  said();
  calls[0]!.answer.headers([...grpc], false);
  assert.deepEqual(said(), ["cb gi 1 token=6 n=2"]);
  plugin.close();
  assert.ok(calls.every((call) => call.cancelled));
});
