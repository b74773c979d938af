import assert from "node:assert/strict";
import { test } from "node:test";
import type { Header, Plugin, Stream } from "../../../tools/emulator/index.js";
import { get, post, probed } from "./support/probed.js";

const trapping: Header[] = [...post.filter(([name]) => name !== ":path"), [":path", "/trap"]];

/** Plays a whole exchange, as far as it goes; tells the status the client got and how it ended. */
function play(plugin: Plugin, request: readonly Header[] = get): string {
  const stream = plugin.open();
  const steps: (() => unknown)[] = [
    () => stream.requestHeaders(request, false),
    () => stream.requestBody("hello", true),
    () => stream.responseHeaders([[":status", "200"]], false),
    () => stream.responseBody("bye", true),
  ];
  for (const step of steps) if (running(stream)) step();
  const outcome = stream.outcome();
  stream.close();
  const status = stream.downstream.headers.find(([name]) => name === ":status")?.[1];
  return outcome.next === "reset" ? `${status}, cut` : `${status}`;
}

function running(stream: Stream): boolean {
  return stream.outcome().next === "continue" || stream.outcome().next === "paused";
}

// What a trap in a callback does to its own request, and to the next ones under FAIL_CLOSED and FAIL_OPEN.
const phases: [phase: string, own: string, closed: string, open: string][] = [
  ["rh", "503", "503", "200"],
  ["rb", "503", "503", "200"],
  ["sh", "503", "503", "200"],
  ["sb", "200, cut", "503", "200"],
  ["log", "200", "503", "200"],
  ["done", "200", "503", "200"],
  ["delete", "200", "503", "200"],
];

for (const [phase, own, closed, open] of phases) {
  for (const [failurePolicy, later] of [
    ["FAIL_CLOSED", closed],
    ["FAIL_OPEN", open],
  ] as const) {
    test(`a trap in phase ${phase} under ${failurePolicy}: ${own}, from then on ${later}`, async () => {
      const { plugin } = await probed([`${phase} @/trap trap`], { failurePolicy });
      assert.equal(play(plugin), "200");
      assert.deepEqual([play(plugin, trapping), play(plugin), play(plugin)], [own, later, later]);
    });
  }
}

test("a trap when the stream's context is created answers 503", async () => {
  const { plugin } = await probed(["create trap"]);
  assert.equal(play(plugin), "503");
});

test("a trap is logged with its callback, in Envoy's words", async () => {
  const { plugin, complaints } = await probed(["rh @/trap trap"]);
  play(plugin, trapping);
  const text = "Function: proxy_on_request_headers failed: Uncaught RuntimeError: unreachable";
  assert.deepEqual(complaints(), [text]);
  assert.equal(plugin.failure, text);
});

const kinds: [operation: string, message: RegExp][] = [
  ["bounds", /RuntimeError: memory access out of bounds$/],
  ["divide 0", /RuntimeError: divide by zero$/],
  ["recurse", /RangeError: Maximum call stack size exceeded$/],
];

for (const [operation, message] of kinds) {
  test(`a guest that dies of "${operation}" fails its request and nothing else`, async () => {
    const { plugin } = await probed([`rh @/trap ${operation}`], { failurePolicy: "FAIL_OPEN" });
    assert.deepEqual([play(plugin, trapping), play(plugin)], ["503", "200"]);
    assert.match(plugin.failure!, message);
  });
}

test("FAIL_RELOAD waits until the backoff after the last load is over, then starts a fresh VM", async () => {
  const options = { failurePolicy: "FAIL_RELOAD", reloadBackoffMs: 1000 } as const;
  const { plugin, clock, said } = await probed(["trace", "rh @/trap trap"], options);
  clock.advance(400);
  assert.deepEqual([play(plugin, trapping), play(plugin)], ["503", "503"]);
  clock.advance(599);
  assert.equal(play(plugin), "503");
  clock.advance(1);
  said();
  assert.equal(play(plugin), "200");
  assert.deepEqual(said().slice(0, 2), [
    `cb conf 1 size=${"trace\nrh @/trap trap".length}`,
    "cb create 2 root=1",
  ]);
});

test("FAIL_RELOAD starts a fresh VM at once where the last load is long past", async () => {
  const { plugin, clock } = await probed(["rh @/trap trap"], { failurePolicy: "FAIL_RELOAD" });
  clock.advance(5000);
  assert.deepEqual(
    [play(plugin, trapping), play(plugin), play(plugin, trapping), play(plugin)],
    ["503", "200", "503", "503"],
  );
});

for (const failurePolicy of ["FAIL_CLOSED", "FAIL_OPEN", "FAIL_RELOAD"] as const) {
  test(`a stream that was paused when the VM died is never answered under ${failurePolicy}`, async () => {
    const { plugin, clock } = await probed(["rh @/ ret 1", "rh @/trap trap"], { failurePolicy });
    const paused = plugin.open();
    assert.equal(paused.requestHeaders(get, true).next, "paused");
    play(plugin, trapping);
    clock.advance(60_000);
    play(plugin, trapping);
    assert.equal(paused.outcome().next, "paused");
    assert.equal(paused.downstream.started, false);
    paused.close();
  });
}

test("a request that had gone on is answered 503 when the VM died before its response", async () => {
  const { plugin } = await probed(["rh @/trap trap"], { failurePolicy: "FAIL_OPEN" });
  const stream = plugin.open();
  stream.requestHeaders(get, true);
  play(plugin, trapping);
  const outcome = stream.responseHeaders([[":status", "200"]], true);
  assert.ok(outcome.next === "reply");
  assert.deepEqual([outcome.reply.status, outcome.reply.details], [503, "wasm_fail_stream"]);
});

test("a trap in one plugin kills the other that shares its VM", async () => {
  const { plugin, load } = await probed(["rh @/trap trap"], { vmId: "shared", failurePolicy: "FAIL_OPEN" });
  const other = load(["rh reply 401 no -"], { failurePolicy: "FAIL_CLOSED" });
  assert.equal(play(other), "401");
  play(plugin, trapping);
  assert.deepEqual([play(plugin), play(other)], ["200", "503"]);
});

test("a trap in the timer kills the VM", async () => {
  const { plugin } = await probed(["tick trap"]);
  plugin.tick();
  assert.equal(play(plugin), "503");
});
