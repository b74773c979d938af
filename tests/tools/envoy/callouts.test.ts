import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { emulatorHost } from "../../../tools/emulator/index.js";
import { envoyHost } from "../../../tools/envoy/host.js";
import type { Host, Running } from "../../../tools/traffic/host.js";
import { callingProbe } from "../emulator/support/compile.js";
import { startCallees, type Callees } from "./support/callees.js";
import { instance, temporaryFolder } from "./support/setup.js";

// One probe on both hosts: what it is told of its calls, and what its callees see, has to be the same.

const pairs = (path: string) => `:method=GET,:path=${path},:authority=callee,x-a=1`;
const web = (path: string, ms = 2000) => `call web ${pairs(path)} - - ${ms}`;
const chat = (path: string, ms = 2000) => `call chat ${pairs(path)} - - ${ms}`;
const unary = (method: string, ms = 2000) => `gcall @chat s.S ${method} x-m=v ping ${ms}`;
const stream = (method: string) => `gstream @chat s.S ${method} -`;

/** What is done for a request, and how often something is then told to an end. */
const scenarios: Record<string, [operations: string[], ends: number]> = {
  "an answer": [[web("/answer")], 1],
  "an answer with trailers": [[web("/trailers")], 1],
  "an answer without a body": [[web("/empty")], 1],
  "another status": [[web("/missing")], 1],
  "a body and trailers to send": [[`call web :method=POST,:path=/p,host=callee some_SP_body tk=tv 2000`], 1],
  "a POST without a body": [[`call web :method=POST,:path=/p,:authority=callee - - 0`], 1],
  "headers that Envoy sets itself": [
    [`call web ${pairs("/answer")},x-envoy-internal=no,x-envoy-expected-rq-timeout-ms=7,X-Up=b - - 2000`],
    1,
  ],
  "no answer in time": [[web("/stall", 100)], 1],
  "no end in time": [[web("/half", 200)], 1],
  "a connection that is closed before the answer": [[web("/close")], 1],
  "a connection that is closed within the answer": [[web("/cut")], 1],
  "something that is no HTTP": [[web("/garbage")], 1],
  "nobody who listens": [[`call down ${pairs("/answer")} - - 2000`], 1],
  "an answer over HTTP/2": [[chat("/message-hi")], 1],
  "a reset over HTTP/2": [[chat("/reset")], 1],
  "headers that HTTP/2 does not have": [[`call chat ${pairs("/message-hi")},connection=close - - 2000`], 1],
  "a header that HTTP/2 has for this alone": [[`call chat ${pairs("/message-hi")},te=trailers - - 2000`], 1],
  "a second host": [[`call web ${pairs("/answer")},host=other - - 2000`], 1],
  "a call to the upstream": [[`call upstream ${pairs("/")} - - 2000`], 1],
  "calls that are refused": [
    [`call nope ${pairs("/")} - - 9`, "call web :method=GET,:path=/ - - 9", `call web ${pairs("/")} - - -1`],
    0,
  ],
  "several calls at once": [[web("/stall", 400), web("/answer"), unary("stall", 150)], 3],
  "gRPC: a message": [[unary("message-one")], 1],
  "gRPC: two messages": [[unary("message-one-message-two")], 1],
  "gRPC: no message": [[unary("none")], 1],
  "gRPC: another status": [[unary("message-one-status-7")], 1],
  "gRPC: a status alone": [[unary("alone-status-5")], 1],
  "gRPC: a status that is none": [[unary("alone-status-xx")], 1],
  "gRPC: no trailers": [[unary("bare-message-one")], 1],
  "gRPC: 404": [[unary("missing")], 1],
  "gRPC: another framing": [[unary("garbage")], 1],
  "gRPC: no answer in time": [[unary("stall", 100)], 1],
  "gRPC: a reset": [[unary("reset")], 1],
  "gRPC: nobody who listens": [["gcall @down s.S m - ping 2000"], 1],
  "gRPC: over HTTP/1.1": [["gcall @web s.S m - ping 2000"], 1],
  "gRPC: a name as plain text": [["gcall chat s.S message-one - ping 2000"], 1],
  "gRPC: unknown clusters": [["gcall @nope s m - x 9", "gcall nope s m - x 9", "gstream nope s m -"], 0],
  "gRPC stream: messages": [[stream("message-one-message-two"), "gsend LAST hello 1"], 1],
  "gRPC stream: a status alone": [[stream("alone-status-7"), "gclose LAST"], 1],
  "gRPC stream: 404": [[stream("missing"), "gclose LAST"], 1],
  "gRPC stream: no trailers": [[stream("bare-message-one"), "gclose LAST"], 1],
  "gRPC stream: another framing": [[stream("garbage"), "gclose LAST"], 1],
  "gRPC stream: a reset": [[stream("reset"), "gsend LAST x 0"], 1],
  "gRPC stream: nobody who listens": [["gstream @down s.S m -", "gsend LAST x 0"], 1],
  "gRPC stream: cancelled": [[stream("stall"), "gsend LAST x 0", "gcancel LAST", "gcancel LAST"], 0],
};

const look = ["hc pairs 6", "hc pairs 7", "hc body 4", "gi pairs 4", "gr body 5", "gt pairs 5", "gc status"];
/** The last thing that is said of a call, and of a stream. */
const ends = { call: /^info (body [45]|status): /, stream: /^info status: / };
const paths = Object.keys(scenarios).map((_, at) => `/${at}`);

function script(): string {
  let calls = 0;
  const operations = Object.values(scenarios).flatMap(([list], at) =>
    list.map((operation) => {
      const line = `rh @${paths[at]} ${operation.replace("LAST", String(calls - 1))}`;
      if (/ g?call| gstream/.test(line) && !/ @?nope | -1$|\/ - - 9/.test(line)) calls++;
      return line;
    }),
  );
  return ["trace", ...operations, ...look].join("\n");
}

const folder = temporaryFolder();
const upstream = createServer((_, response) => response.writeHead(200, { date: "now" }).end("hello\n"));
const told: Record<string, { lines: string[]; seen: string[] }[]> = {};

before(async () => {
  await writeFile(join(folder, "probe.wasm"), await callingProbe());
  await new Promise<void>((ready) => upstream.listen(0, "127.0.0.1", ready));
  const callees = await startCallees();
  try {
    for (const host of [emulatorHost(), envoyHost()]) told[host.name] = await played(host, callees);
  } finally {
    callees.stop();
  }
});
after(() => void upstream.close().closeAllConnections());

for (const [at, name] of Object.keys(scenarios).entries()) {
  test(`both hosts tell the same of ${name}`, () => {
    const [emulator, envoy] = [told["emulator"]![at]!, told["envoy"]![at]!];
    assert.ok(envoy.lines.length > 1, envoy.lines.join("\n"));
    assert.deepEqual(emulator, envoy);
  });
}

async function played(host: Host, callees: Callees) {
  const { port } = upstream.address() as AddressInfo;
  const filter = instance(join(folder, "probe.wasm"), {
    configuration: script(),
    options: { fullCallbacks: true },
  });
  const setup = { chain: [filter], upstream: { port, protocol: "http1" as const }, callees: callees.setup };
  const started = await host.start(setup);
  if (started.refused) throw new Error(started.problems.join("; "));
  try {
    const results = [];
    for (const at of paths.keys()) results.push(await playedOne(started.running, callees, at));
    return results;
  } finally {
    await started.running.stop();
  }
}

async function playedOne({ port, logs }: Running, { seen }: Callees, at: number) {
  const [logged, called] = [logs().length, seen.length];
  const [name, [, wanted]] = Object.entries(scenarios)[at]!;
  const end = name.startsWith("gRPC stream") ? ends.stream : ends.call;
  await new Promise<void>((resolve, reject) =>
    get({ port, path: paths[at], agent: false }, (response) => response.resume().on("end", resolve)).on(
      "error",
      reject,
    ),
  );
  for (let left = 150; left > 0; left--) {
    if (
      logs()
        .slice(logged)
        .filter((line) => end.test(line)).length >= wanted
    )
      break;
    await sleep(20);
  }
  await sleep(wanted === 0 ? 50 : 10);
  const own = /^info (cb (conf|create|log|done|delete|sh|sb)|trace)/;
  const lines = logs()
    .slice(logged)
    .filter((line) => !own.test(line));
  return { lines: lines.map(comparable), seen: seen.slice(called).map(comparable).sort() };
}

/** Without what differs from one play to the next. */
function comparable(line: string): string {
  return line.replace(/(service-time: )\d+/, "$1N").replace(/127\.0\.0\.1:\d+/g, "HOST");
}
