import assert from "node:assert/strict";
import { test } from "node:test";
import { dumpTotal } from "../../../bench/envoy/callgrind.js";
import { benchBootstrap, nativeW1 } from "../../../bench/envoy/config.js";
import { listenerPorts } from "../../../bench/envoy/process.js";
import { workProblems } from "../../../bench/envoy/w1.js";
import { parse } from "yaml";

test("a dump's total is its summary, and 0 for a thread that ran nothing", () => {
  assert.equal(dumpTotal("events: Ir\nfn=(1)\n1 5\nsummary: 12345678\n"), 12_345_678);
  assert.equal(dumpTotal("events: Ir\n"), 0);
});

test("each chain has a listener of its own on a port that the system chooses", () => {
  const chains = new Map([
    ["none", []],
    ["native", [nativeW1]],
  ]);
  const { listeners } = parse(benchBootstrap(chains)).static_resources;
  assert.deepEqual(
    listeners.map((listener: { name: string }) => listener.name),
    ["none", "native"],
  );
  for (const { address } of listeners) assert.equal(address.socket_address.port_value, 0);
});

test("ports are read from the admin interface by listener", () => {
  const listener = (name: string, port_value: number) => ({
    name,
    local_address: { socket_address: { port_value } },
  });
  const json = JSON.stringify({ listener_statuses: [listener("none", 1001), listener("rust", 1002)] });
  assert.deepEqual(Object.fromEntries(listenerPorts(json)), { none: 1001, rust: 1002 });
});

const agent = "Mozilla/5.0 (X11; Linux x86_64) perf/1.0";
const done = { "x-echo-seen": agent, "x-wasm": "ok" };
const undone = { "x-powered-by": "envoy-lab" };
const answer = (headers: Record<string, string>, status = 200) => ({
  status,
  headers: new Map(Object.entries(headers)),
  body: "hi",
});

test("a filter that does the whole workload has no problems", () => {
  assert.deepEqual(workProblems(answer(done), true), []);
  assert.deepEqual(workProblems(answer(undone), false), []);
});

const lazy: [what: string, headers: Record<string, string>, status: number, problem: RegExp][] = [
  ["passes no user agent on", { "x-wasm": "ok" }, 200, /x-seen/],
  ["passes another one on", { ...done, "x-echo-seen": "curl" }, 200, /x-seen is curl/],
  ["adds no response header", { "x-echo-seen": agent }, 200, /x-wasm/],
  ["keeps what it should remove", { ...done, ...undone }, 200, /x-powered-by/],
  ["answers with an error", done, 503, /status 503/],
];

for (const [what, headers, status, problem] of lazy) {
  test(`a filter that ${what} is found out`, () => {
    assert.match(workProblems(answer(headers, status), true).join(), problem);
  });
}

test("a listener without a filter must not do the workload", () => {
  assert.equal(workProblems(answer(done), false).length, 3);
});
