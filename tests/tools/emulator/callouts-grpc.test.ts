import assert from "node:assert/strict";
import { test } from "node:test";
import { EmulatorError } from "../../../tools/emulator/index.js";
import { called, type Call } from "./support/calling.js";
import { answer, grpc, look, outcome, unary } from "./support/grpc.js";

test("a call goes out as gRPC, with its message and its time", async () => {
  const { calls, said } = await called([unary()]);
  assert.deepEqual(said(), ["gcall @authz: 0 token 5"]);
  assert.deepEqual(calls[0]!.headers, [
    [":method", "POST"],
    [":path", "/my.Service/Check"],
    [":authority", "authz"],
    [":scheme", "http"],
    ["te", "trailers"],
    ["grpc-timeout", "500m"],
    ["content-type", "application/grpc"],
    ["x-m", "v"],
    ["x-envoy-internal", "true"],
    ["x-envoy-expected-rq-timeout-ms", "500"],
  ]);
  assert.equal(calls[0]!.body, "\0\0\0\0\x04ping");
  assert.ok(calls[0]!.ended);
});

test("a call that went well is told by its message alone", async () => {
  const said = await outcome([unary()], (call) => answer(call, ["pong"], [["grpc-status", "0"]]));
  assert.deepEqual(said, ["cb gr 1 token=5 n=4", "body 5: 0 pong"]);
});

test("of two messages in answer to a call the last one counts", async () => {
  const said = await outcome([unary()], (call) => answer(call, ["one", "two"], [["grpc-status", "0"]]));
  assert.deepEqual(said, ["cb gr 1 token=5 n=3", "body 5: 0 two"]);
});

const failures: [string, (call: Call) => void, number, string][] = [
  [
    "another status behind a message",
    (call) =>
      answer(
        call,
        ["part"],
        [
          ["grpc-status", "7"],
          ["grpc-message", "not%20you"],
        ],
      ),
    7,
    "not%20you{via_upstream}",
  ],
  ["a status alone", (call) => call.answer.headers([...grpc, ["grpc-status", "5"]], true), 5, "via_upstream"],
  ["no message", (call) => answer(call, [], [["grpc-status", "0"]]), 13, ""],
  ["no status", (call) => answer(call, ["x"], []), 2, "via_upstream"],
  ["a status that is none", (call) => answer(call, ["x"], [["grpc-status", "xx"]]), -1, "via_upstream"],
  ["404", (call) => call.answer.headers([[":status", "404"]], false), 12, "via_upstream"],
  [
    "403 with a status of gRPC's",
    (call) =>
      call.answer.headers(
        [
          [":status", "403"],
          ["grpc-status", "9"],
          ["grpc-message", "m"],
        ],
        true,
      ),
    9,
    "m{via_upstream}",
  ],
  [
    "what is no gRPC",
    ({ answer }) => {
      answer.headers([...grpc], false);
      answer.data(Buffer.from("zzzzzzzz"), false);
    },
    13,
    "via_upstream",
  ],
  [
    "nothing, as nobody listens",
    (call) => call.answer.failed("remote connection failure"),
    14,
    "upstream connect error or disconnect/reset before headers. reset reason: remote connection failure" +
      "{upstream_reset_before_response_started{remote_connection_failure|delayed_connect_error:_Connection_refused}}",
  ],
  [
    "a reset",
    (call) => call.answer.failed("remote reset"),
    14,
    "upstream connect error or disconnect/reset before headers. reset reason: remote reset" +
      "{upstream_reset_before_response_started{remote_reset}}",
  ],
  [
    "a reset after its headers",
    ({ answer }) => {
      answer.headers([...grpc], false);
      answer.failed("connection termination");
    },
    13,
    "upstream_reset_after_response_started{connection_termination}",
  ],
];

for (const [what, play, status, text] of failures) {
  test(`a call that is answered with ${what} is told by its close alone`, async () => {
    const said = await outcome([unary()], play);
    assert.deepEqual(said, [`cb gc 1 token=5 status=${status}`, `status: 0 ${status} ${text}`]);
  });
}

test("a call that takes too long is closed as unavailable, and let go", async () => {
  const { calls, said, clock } = await called([unary(200), ...look]);
  said();
  clock.advance(200);
  assert.deepEqual(said(), ["status: 0 14 upstream request timeout{response_timeout}"]);
  assert.ok(calls[0]!.cancelled);
});

test("a time below 0 is a very long one", async () => {
  const { calls, said, clock } = await called([unary(-1), ...look]);
  assert.deepEqual(calls[0]!.headers[5], ["grpc-timeout", "4294967S"]);
  said();
  clock.advance(1e6);
  assert.deepEqual(said(), []);
});

test("a cluster may be named as plain text, unless that is a message by chance", async () => {
  const { calls } = await called(["rh gcall authz s m - x 500"]);
  assert.equal(calls.length, 1);
  for (const name of ["-", "authz_pro"]) {
    await assert.rejects(called([`rh gcall ${name} s m - x 500`]), (error: Error) => {
      assert.ok(error instanceof EmulatorError);
      assert.match(error.message, /proxy_grpc_call: the target .* names no cluster; Envoy would crash/);
      return true;
    });
  }
});
