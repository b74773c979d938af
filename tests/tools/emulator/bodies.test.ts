import assert from "node:assert/strict";
import { test } from "node:test";
import type { Outcome, Plugin, Stream } from "../../../tools/emulator/index.js";
import { post, probed } from "./support/probed.js";

/** Sends headers and two chunks; tells what the host did after each. */
function upload(plugin: Plugin): { stream: Stream; next: Outcome["next"][] } {
  const stream = plugin.open();
  const outcomes = [
    stream.requestHeaders(post, false),
    stream.requestBody("hel", false),
    stream.requestBody("lo", true),
  ];
  return { stream, next: outcomes.map((outcome) => outcome.next) };
}

const actions: [what: string, script: string[], next: Outcome["next"][], upstream: string][] = [
  ["headers 0 continues", [], ["continue", "continue", "continue"], "hello"],
  ["headers 1 holds headers and body", ["rh ret 1"], ["paused", "paused", "paused"], ""],
  ["headers 2 acts as 0", ["rh ret 2"], ["continue", "continue", "continue"], "hello"],
  ["headers 3 holds headers and body", ["rh ret 3"], ["paused", "paused", "paused"], ""],
  ["headers 4 holds headers and body", ["rh ret 4"], ["paused", "paused", "paused"], ""],
  ["body 1 holds what came", ["rb0 ret 1"], ["continue", "paused", "continue"], "hello"],
  ["body 2 holds what came", ["rb0 ret 2"], ["continue", "paused", "continue"], "hello"],
  ["body 3 drops what came", ["rb0 ret 3"], ["continue", "paused", "continue"], "lo"],
];

for (const [what, script, next, upstream] of actions) {
  test(`action ${what}`, async () => {
    const { plugin } = await probed(script);
    const played = upload(plugin);
    assert.deepEqual(played.next, next);
    assert.equal(played.stream.upstream.body, upstream);
  });
}

test("a filter that holds the headers sees no body", async () => {
  const { plugin, said } = await probed(["trace", "rh ret 1"]);
  upload(plugin);
  assert.deepEqual(said(), ["cb create 2 root=1", "cb rh 2 eos=0 n=3"]);
});

test("with allow_on_headers_stop_iteration it sees the body and may still change the headers", async () => {
  const script = ["rh ret 1", "rb0 ret 1", "rb1 body 0", "rb1 add 0 x-late 1"];
  const { plugin, said } = await probed(script, { allowOnHeadersStopIteration: true });
  const { stream, next } = upload(plugin);
  assert.deepEqual(next, ["paused", "paused", "continue"]);
  assert.deepEqual(said(), ["body 0: 0 hello", "add 0 x-late: 0"]);
  assert.deepEqual(stream.upstream.headers.at(-1), ["x-late", "1"]);
  assert.equal(stream.upstream.body, "hello");
});

test("a filter that buffers sees all of the body so far, one that stops otherwise only the last chunk", async () => {
  const buffering = await probed(["rb ret 1", "rb bodylen 0"]);
  upload(buffering.plugin);
  assert.deepEqual(buffering.said(), ["bodylen 0: 0 3", "bodylen 0: 0 5"]);
  const stopping = await probed(["rb ret 2", "rb bodylen 0"]);
  upload(stopping.plugin);
  assert.deepEqual(stopping.said(), ["bodylen 0: 0 3", "bodylen 0: 0 2"]);
});

test("with trailers the body never ends by itself, and is still there when they come", async () => {
  const { plugin, said } = await probed(["trace", "rb ret 1", "rt body 0", "rt write 0 0 99 all"]);
  const stream = plugin.open();
  stream.requestHeaders(post, false);
  stream.requestBody("hello", false);
  assert.equal(stream.requestTrailers([["x-t", "1"]]).next, "continue");
  assert.deepEqual(said().slice(2), ["cb rb 2 eos=0 n=5", "cb rt 2 n=1", "body 0: 0 hello", "write 0: 0"]);
  assert.equal(stream.upstream.body, "all");
});

const writes: [what: string, operation: string, body: string][] = [
  ["at 0, no length: puts it in front", "write 0 0 0 AB", "ABhello"],
  ["at 0, all of it: replaces the body", "write 0 0 5 AB", "AB"],
  ["at 0, more than there is: replaces the body", "write 0 0 99 AB", "AB"],
  ["at 0, a part: replaces that part", "write 0 0 2 AB", "ABllo"],
  ["at the end: appends", "write 0 5 0 AB", "helloAB"],
  ["past the end: appends", "write 0 99 0 AB", "helloAB"],
];

for (const [what, operation, body] of writes) {
  test(`writing to a body ${what}`, async () => {
    const { plugin, said } = await probed([`rb ${operation}`]);
    const stream = plugin.open();
    stream.requestHeaders(post, false);
    stream.requestBody("hello", true);
    assert.deepEqual(said(), ["write 0: 0"]);
    assert.equal(stream.upstream.body, body);
  });
}

test("a body cannot be written in the middle, nor where there is none", async () => {
  const { plugin, said } = await probed(["rh write 0 0 0 x", "rh body 0", "rb write 0 2 1 x"]);
  const stream = plugin.open();
  stream.requestHeaders(post, false);
  stream.requestBody("hello", true);
  assert.deepEqual(said(), ["write 0: 2", "body 0: 0 ", "write 0: 2"]);
  assert.equal(stream.upstream.body, "hello");
});

test("reading a body stops at its end, and past it there is nothing", async () => {
  const { plugin, said } = await probed(["rb body 0 1 3", "rb body 0 4 9", "rb body 0 6 1"]);
  const stream = plugin.open();
  stream.requestHeaders(post, false);
  stream.requestBody("hello", true);
  assert.deepEqual(said(), ["body 0: 0 ell", "body 0: 0 o", "body 0: 0 "]);
});

test("the plugin's configuration is readable while it is configured, and only then", async () => {
  const { plugin, emulator, said } = await probed(["conf body 7 0 4", "rh body 7"]);
  plugin.open().requestHeaders(post, true);
  assert.equal(emulator.logs()[0]?.text, "body 7: 0 conf");
  assert.deepEqual(said(), ["body 7: 1 "]);
});

test("continue_stream from within the callback lets the headers go, and the answer still counts", async () => {
  const { plugin, said } = await probed(["rh ret 1", "rh cont 0", "rh add 0 x-late 1"]);
  const { stream, next } = upload(plugin);
  assert.deepEqual(said(), ["cont 0: 0", "add 0 x-late: 2"]);
  assert.deepEqual(next, ["paused", "paused", "paused"]);
  assert.equal(stream.upstream.started, true);
  assert.equal(stream.upstream.body, "");
});

test("a paused stream goes on when a timer continues it", async () => {
  const { plugin } = await probed(["rh ret 1", "tick effective 2", "tick cont 0"]);
  const { stream } = upload(plugin);
  assert.equal(stream.upstream.started, false);
  plugin.tick();
  assert.equal(stream.outcome().next, "continue");
  assert.equal(stream.upstream.body, "hello");
});

test("a body larger than the host buffers is refused with 413", async () => {
  const { plugin } = await probed(["rb ret 1"]);
  const stream = plugin.open();
  stream.requestHeaders(post, false);
  assert.equal(stream.requestBody("x".repeat(1024 * 1024), false).next, "paused");
  const outcome = stream.requestBody("x", false);
  assert.ok(outcome.next === "reply");
  assert.deepEqual([outcome.reply.status, outcome.reply.details], [413, "request_payload_too_large"]);
  assert.equal(stream.upstream.body, "");
});

test("a response body is held, rewritten and released", async () => {
  const { plugin } = await probed(["sh del 2 content-length", "sb0 ret 1", "sb1 write 1 0 999 changed"]);
  const stream = plugin.open();
  stream.requestHeaders(post, true);
  const head = [[":status", "200"] as [string, string], ["content-length", "5"] as [string, string]];
  stream.responseHeaders(head, false);
  assert.equal(stream.responseBody("hel", false).next, "paused");
  stream.responseBody("lo", true);
  assert.deepEqual(stream.downstream.headers, [[":status", "200"]]);
  assert.equal(stream.downstream.body, "changed");
});
