import assert from "node:assert/strict";
import { test } from "node:test";
import { called, calling, request } from "./support/calling.js";
import { get } from "./support/probed.js";

const look = ["hc pairs 6", "hc body 4", "hc pairs 7", "hc status"];
const ask = (ms = 500) => `rh call authz ${request} - - ${ms}`;
const bytes = (text: string) => Buffer.from(text, "latin1");

test("an answer is told to the plugin, with its headers, body and trailers", async () => {
  const { calls, said, clock } = await called(["trace", ask(), ...look]);
  assert.deepEqual(said().slice(1), ["cb rh 2 eos=1 n=3", "call authz: 0 token 4"]);
  clock.advance(7);
  calls[0]!.answer.headers([[":status", "200"]], false);
  calls[0]!.answer.data(bytes("allo"), false);
  calls[0]!.answer.data(bytes("wed"), false);
  assert.deepEqual(said(), []);
  calls[0]!.answer.trailers([["x-t", "tr"]]);
  assert.deepEqual(said(), [
    "cb hc 1 token=4 h=2 n=7 t=1",
    "pairs 6: 0 2 [:status: 200] [x-envoy-upstream-service-time: 7]",
    "body 4: 0 allowed",
    "pairs 7: 0 1 [x-t: tr]",
    "status: 0 0 ",
  ]);
});

test("a callee sees what the filter sends and what Envoy adds, and no trailers", async () => {
  const pairs = ":method=POST,:path=/p,host=authz,X-A=1";
  const { calls } = await called([`rh call authz ${pairs} some_SP_body tk=tv 500`]);
  assert.deepEqual(calls[0]!.headers, [
    [":method", "POST"],
    [":path", "/p"],
    [":authority", "authz"],
    [":scheme", "http"],
    ["x-a", "1"],
    ["content-length", "9"],
    ["x-envoy-internal", "true"],
    ["x-envoy-expected-rq-timeout-ms", "500"],
  ]);
  assert.equal(calls[0]!.body, "some body");
  assert.ok(calls[0]!.ended);
});

test("a call that cannot be made is refused at once", async () => {
  const { said, calls } = await called([
    `rh call nope ${request} - - 500`,
    "rh call authz :method=GET,:path=/ - - 500",
    "rh call authz :method=GET,:authority=a - - 500",
    "rh call authz :path=/,:authority=a - - 500",
    `rh call authz ${request} - - -1`,
  ]);
  assert.deepEqual(said(), ["call nope: 2 token 0", ...Array<string>(4).fill("call authz: 2 token 0")]);
  assert.equal(calls.length, 0);
});

test("a callee that does not answer in time becomes Envoy's own 504, and is let go", async () => {
  const { calls, said, clock } = await called([ask(300), ...look]);
  said();
  clock.advance(299);
  assert.deepEqual(said(), []);
  clock.advance(1);
  assert.deepEqual(said(), [
    "pairs 6: 0 3 [:status: 504] [content-length: 24] [content-type: text/plain]",
    "body 4: 0 upstream request timeout",
    "pairs 7: 0 ",
    "status: 0 0 ",
  ]);
  assert.ok(calls[0]!.cancelled);
  calls[0]!.answer.headers([[":status", "200"]], true);
  assert.deepEqual(said(), []);
});

test("a timeout of 0 is none", async () => {
  const { said, clock } = await called([ask(0), ...look]);
  said();
  clock.advance(1e9);
  assert.deepEqual(said(), []);
});

for (const [reason, status] of [
  ["remote connection failure", 503],
  ["connection termination", 503],
  ["remote reset", 503],
  ["protocol error", 502],
] as const) {
  test(`a callee that fails before it answers (${reason}) becomes Envoy's own ${status}`, async () => {
    const { calls, said } = await called([ask(), "hc pairs 6", "hc body 4"]);
    said();
    calls[0]!.answer.failed(reason);
    const body = `upstream connect error or disconnect/reset before headers. reset reason: ${reason}`;
    assert.deepEqual(said(), [
      `pairs 6: 0 3 [:status: ${status}] [content-length: ${body.length}] [content-type: text/plain]`,
      `body 4: 0 ${body}`,
    ]);
  });
}

for (const [what, end] of [
  [
    "breaks off",
    (parts: Awaited<ReturnType<typeof called>>) => parts.calls[0]!.answer.failed("remote reset"),
  ],
  ["comes to an end too late", (parts: Awaited<ReturnType<typeof called>>) => parts.clock.advance(500)],
] as const) {
  test(`an answer that ${what} after its headers is told as a reset without anything`, async () => {
    const parts = await called(["trace", ask(), ...look, "hc bodylen 4"]);
    parts.calls[0]!.answer.headers([[":status", "200"]], false);
    parts.said();
    end(parts);
    const nothing = ["pairs 6: 0 ", "body 4: 1 ", "pairs 7: 0 ", "status: 0 11 reset", "bodylen 4: 1 0"];
    assert.deepEqual(parts.said(), ["cb hc 1 token=4 h=0 n=0 t=0", ...nothing]);
  });
}

test("the maps of a call are read-only, and there during its callback alone", async () => {
  const use = (phase: string) => [
    `${phase} get 6 :status`,
    `${phase} get 6 no`,
    `${phase} set 6 a b`,
    `${phase} size 6`,
  ];
  const { calls, said } = await called([
    ...use("rh"),
    ask(),
    ...use("hc"),
    "hc get 7 a",
    "hc write 4 0 0 x",
    "log get 6 a",
  ]);
  assert.deepEqual(said(), [
    "get 6 :status: 2 ",
    "get 6 no: 2 ",
    "set 6 a: 2",
    "size 6: 2 0",
    "call authz: 0 token 4",
  ]);
  calls[0]!.answer.headers([[":status", "200"]], true);
  const within = [
    "get 6 :status: 0 200",
    "get 6 no: 1 ",
    "set 6 a: 2",
    "size 6: 2 0",
    "get 7 a: 2 ",
    "write 4: 2",
  ];
  assert.deepEqual(said(), within);
});

test("a paused exchange goes on once the answer is there, with headers that the filter still may change", async () => {
  const after = [
    "hc get 0 :path",
    "hc effective last",
    "hc get 0 :path",
    "hc add 0 x-who alice",
    "hc cont 0",
  ];
  const { calls, said, stream } = await called([ask(), "rh ret 1", ...after]);
  assert.equal(stream.outcome().next, "paused");
  said();
  calls[0]!.answer.headers([[":status", "200"]], true);
  assert.deepEqual(said(), [
    "get 0 :path: 2 ",
    "effective last: 0",
    "get 0 :path: 0 /",
    "add 0 x-who: 0",
    "cont 0: 0",
  ]);
  assert.equal(stream.outcome().next, "continue");
  assert.ok(stream.upstream.headers.some(([name, value]) => name === "x-who" && value === "alice"));
});

test("a paused exchange can be answered by the filter when the answer is there", async () => {
  const { calls, stream } = await called([ask(), "rh ret 1", "hc effective last", "hc reply 403 denied"]);
  calls[0]!.answer.headers([[":status", "401"]], true);
  assert.equal(stream.outcome().next, "reply");
  assert.equal(stream.downstream.body, "denied");
});

test("calls in flight end in the order of their answers, each with its number", async () => {
  const { calls, said } = await called(["trace", ask(), ask(), ask()]);
  said();
  calls[2]!.answer.headers([[":status", "200"]], true);
  calls[0]!.answer.headers([[":status", "200"]], true);
  assert.deepEqual(said(), ["cb hc 1 token=12 h=2 n=0 t=0", "cb hc 1 token=4 h=2 n=0 t=0"]);
});

test("a call outlives the exchange that made it, which can be reached no more", async () => {
  const { calls, said, stream } = await called([
    "trace",
    ask(),
    "hc effective last",
    "hc cont 0",
    "hc reply 403 no",
  ]);
  stream.close();
  said();
  calls[0]!.answer.headers([[":status", "200"]], true);
  assert.deepEqual(said(), ["cb hc 1 token=4 h=2 n=0 t=0", "effective last: 2", "cont 0: 0", "reply 403: 0"]);
});

test("calls that a plugin has in flight end with it, unless it asks for time", async () => {
  const gone = await called(["trace", ask()]);
  gone.stream.close();
  gone.plugin.close();
  assert.ok(gone.calls[0]!.cancelled);
  const patient = await called(["trace", ask(), "done ret 0", "hc rootdone"]);
  patient.stream.close();
  patient.plugin.close();
  assert.ok(!patient.calls[0]!.cancelled);
  patient.said();
  patient.calls[0]!.answer.headers([[":status", "200"]], true);
  assert.deepEqual(patient.said(), ["cb hc 1 token=4 h=2 n=0 t=0", "done: 0", "cb delete 1"]);
});

test("a call may be made from each callback, and from one on a call", async () => {
  const script = ["conf", "tick", "log", "hc"].map((phase) => `${phase} call authz ${request} - - 500`);
  const { calls, plugin, said } = await calling(script);
  assert.equal(calls.length, 1);
  plugin.tick();
  const stream = plugin.open();
  stream.requestHeaders(get, true);
  stream.close();
  said();
  calls[0]!.answer.headers([[":status", "200"]], true);
  assert.equal(calls.length, 4);
  assert.deepEqual(said(), ["call authz: 0 token 16"]);
});

test("a callee that answers at once is heard after the filter has paused", async () => {
  const after = ["hc effective last", "hc cont 0"];
  const { said, stream } = await called(["trace", ask(), "rh ret 1", ...after], { immediate: true });
  assert.deepEqual(said().slice(-4), [
    "call authz: 0 token 4",
    "cb hc 1 token=4 h=2 n=0 t=0",
    "effective last: 0",
    "cont 0: 0",
  ]);
  assert.equal(stream.outcome().next, "continue");
});
