import assert from "node:assert/strict";
import { test } from "node:test";
import type { Header, LocalReply, Outcome } from "../../../tools/emulator/index.js";
import { get, post, probed, roundTrip } from "./support/probed.js";

function replyOf(outcome: Outcome): LocalReply {
  assert.ok(outcome.next === "reply", `expected a reply, got ${outcome.next}`);
  return outcome.reply;
}

test("a reply in the request phase takes the response's place; the upstream sees nothing", async () => {
  const { plugin } = await probed(["rh reply 401 denied det_SP_ails -1 x-a=1,X-A=2"]);
  const stream = plugin.open();
  assert.deepEqual(replyOf(stream.requestHeaders(get, true)), {
    status: 401,
    headers: [
      [":status", "401"],
      ["x-a", "1"],
      ["x-a", "2"],
      ["content-length", "6"],
      ["content-type", "text/plain"],
    ],
    body: "denied",
    details: "det_ails",
  });
  assert.equal(stream.upstream.started, false);
});

test("an empty reply has neither a length nor a type", async () => {
  const { plugin } = await probed(["rh reply 403 - - -1 content-type=a/b,content-length=7"]);
  const reply = replyOf(plugin.open().requestHeaders(get, true));
  assert.deepEqual(reply.headers, [[":status", "403"]]);
});

test("a reply to HEAD keeps its length and has no body", async () => {
  const { plugin } = await probed(["rh reply 401 denied -"]);
  const head: Header[] = [...get.slice(0, 2), [":method", "HEAD"]];
  const reply = replyOf(plugin.open().requestHeaders(head, true));
  assert.deepEqual(reply.headers[1], ["content-length", "6"]);
  assert.equal(reply.body, "");
});

test("the filter's own response callbacks run on its reply, after the callback that sent it", async () => {
  const { plugin, said } = await probed([
    "trace",
    "rh reply 401 denied -",
    "rh log 2 still_SP_there",
    "sh add 2 x-own 1",
  ]);
  const reply = replyOf(plugin.open().requestHeaders(get, true));
  assert.deepEqual(said().slice(1), [
    "cb rh 2 eos=1 n=3",
    "reply 401: 0",
    "still there",
    "cb sh 2 eos=0 n=3",
    "add 2 x-own: 0",
    "cb sb 2 eos=1 n=6",
    "cb log 2",
    "cb done 2",
    "cb delete 2",
  ]);
  assert.deepEqual(reply.headers.at(-1), ["x-own", "1"]);
});

for (const action of [0, 1]) {
  test(`returning ${action} after a reply makes no difference`, async () => {
    const { plugin } = await probed(["rh reply 401 denied -", `rh ret ${action}`]);
    const stream = plugin.open();
    assert.equal(replyOf(stream.requestHeaders(get, true)).status, 401);
    assert.equal(stream.upstream.started, false);
  });
}

test("the first of two replies wins; the details are the second's", async () => {
  const { plugin, said } = await probed(["rh reply 401 a one", "rh reply 402 b two"]);
  const reply = replyOf(plugin.open().requestHeaders(get, true));
  assert.deepEqual([reply.status, reply.body, reply.details], [401, "a", "two"]);
  assert.deepEqual(said(), ["reply 401: 0", "reply 402: 0"]);
});

test("a reply to the request's body comes although the headers went on", async () => {
  const { plugin } = await probed(["rb reply 413 big -"]);
  const stream = plugin.open();
  stream.requestHeaders(post, false);
  assert.equal(replyOf(stream.requestBody("hello", true)).status, 413);
  assert.deepEqual([stream.upstream.started, stream.upstream.body], [true, ""]);
});

test("a reply to the request's trailers holds them back", async () => {
  const { plugin } = await probed(["rt reply 400 bad -"]);
  const stream = plugin.open();
  stream.requestHeaders(post, false);
  stream.requestBody("hello", false);
  assert.equal(replyOf(stream.requestTrailers([["x-t", "1"]])).status, 400);
  assert.deepEqual(stream.upstream.trailers, []);
});

test("a reply in the response phase replaces the upstream's, and no callback runs on it", async () => {
  const { plugin, said } = await probed(["trace", "sh reply 418 teapot -"]);
  const { downstream } = roundTrip(plugin);
  assert.deepEqual([downstream.headers[0], downstream.body], [[":status", "418"], "teapot"]);
  assert.deepEqual(said().slice(2), [
    "cb sh 2 eos=1 n=1",
    "reply 418: 0",
    "cb log 2",
    "cb done 2",
    "cb delete 2",
  ]);
});

test("a reply to the response's body comes too late: the stream is cut", async () => {
  const { plugin } = await probed(["sb reply 418 teapot det"]);
  const stream = plugin.open();
  stream.requestHeaders(get, true);
  stream.responseHeaders([[":status", "200"]], false);
  assert.deepEqual(stream.responseBody("hello", true), { next: "reset", details: "det" });
  assert.deepEqual([stream.downstream.headers, stream.downstream.body], [[[":status", "200"]], ""]);
});

test("a paused request is answered from the timer", async () => {
  const { plugin } = await probed(["rh ret 1", "tick effective 2", "tick reply 503 late -"]);
  const stream = plugin.open();
  assert.equal(stream.requestHeaders(get, true).next, "paused");
  plugin.tick();
  assert.equal(replyOf(stream.outcome()).status, 503);
});

test("a callback that answers another stream holds its own, whatever it returns", async () => {
  const { plugin } = await probed(["rh @/ ret 1", "rh @/other effective 2", "rh @/other reply 403 no -"]);
  const first = plugin.open();
  first.requestHeaders(get, true);
  const other: Header[] = [...get.filter(([name]) => name !== ":path"), [":path", "/other"]];
  assert.equal(plugin.open().requestHeaders(other, true).next, "paused");
  assert.equal(replyOf(first.outcome()).status, 403);
});

const grpc: [what: string, type: string, reply: string, headers: Header[]][] = [
  [
    "turns status and body into gRPC's headers",
    "application/grpc",
    "reply 401 no%_NL_ d",
    [
      ["grpc-status", "16"],
      ["grpc-message", "no%25%0A"],
    ],
  ],
  [
    "keeps the gRPC status that the filter gave",
    "application/grpc+proto",
    "reply 401 no d 7",
    [
      ["grpc-status", "7"],
      ["grpc-message", "no"],
    ],
  ],
  [
    "falls back on the HTTP status where the filter's is none",
    "application/grpc",
    "reply 503 - d 99",
    [["grpc-status", "14"]],
  ],
];

for (const [what, type, reply, headers] of grpc) {
  test(`a reply to a gRPC client ${what}`, async () => {
    const { plugin } = await probed([`rh ${reply}`]);
    const stream = plugin.open();
    const given = replyOf(stream.requestHeaders([...post, ["content-type", type]], true));
    assert.deepEqual(given.headers, [[":status", "200"], ["content-type", "application/grpc"], ...headers]);
    assert.equal(given.body, "");
  });
}

test("grpc-web is no gRPC", async () => {
  const { plugin } = await probed(["rh reply 401 no d"]);
  const request: Header[] = [...post, ["content-type", "application/grpc-web"]];
  assert.equal(replyOf(plugin.open().requestHeaders(request, true)).status, 401);
});

test("close_stream cuts the stream once the callback has returned", async () => {
  const { plugin, said } = await probed(["trace", "rh close 0"]);
  const outcome = plugin.open().requestHeaders(get, true);
  assert.deepEqual(outcome, { next: "reset", details: "wasm_close_stream" });
  assert.deepEqual(said().slice(1), [
    "cb rh 2 eos=1 n=3",
    "close 0: 0",
    "cb log 2",
    "cb done 2",
    "cb delete 2",
  ]);
});
