import assert from "node:assert/strict";
import { createServer, type AddressInfo } from "node:net";
import { after, test } from "node:test";
import { readdirSync, writeFileSync } from "node:fs";
import { connect } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../../../tools/errors.js";
import { envoyHost, type RunningEnvoy } from "../../../tools/envoy/host.js";
import type { HostSetup } from "../../../tools/traffic/host.js";
import { oddTexts } from "./support/odd-texts.js";
import { rawModule, refusing, repeating, trapping, unlinkable } from "./support/raw-module.js";
import { alive, instance, setup, temporaryFolder, upstream } from "./support/setup.js";

const host = envoyHost();
const folder = temporaryFolder();
// What other tests leave there at the same time is not ours.
process.env.TMPDIR = temporaryFolder();
const behind = await upstream();
const accepting = await rawModule(folder, "accepting", "");
const modules = {
  refusing: await rawModule(folder, "refusing", refusing),
  trapping: await rawModule(folder, "trapping", trapping),
  unlinkable: await rawModule(folder, "unlinkable", unlinkable),
  repeating: await rawModule(folder, "repeating", repeating),
};
after(() => behind.close());

test("tells Envoy's version", async () => {
  assert.match(await host.version(), /^Envoy \d+\.\d+\.\d+/);
});

test("serves HTTP/1.1 and HTTP/2 with prior knowledge on one port", async () => {
  await serving(setup([instance(accepting)], toUpstream()), async ({ port }) => {
    const answer = await fetch(`http://127.0.0.1:${port}/orders`);
    assert.deepEqual([answer.status, await answer.text()], [200, "hello\n"]);
    assert.equal(behind.seen.at(-1)?.url, "/orders");
    assert.equal(await statusOverHttp2(port), 200);
  });
});

test("hands each filter exactly its text, and shows what it logs", async () => {
  const options = { vmId: "shared" };
  const chain = oddTexts.map((configuration) => instance(modules.repeating, { configuration, options }));
  await serving(setup(chain), async (running) => {
    const logged = new Set(running.logs());
    const changed = oddTexts.filter((text) => !logged.has(`info |${text}|`));
    assert.deepEqual(changed, []);
  });
});

for (const [logLevel, shown] of [
  ["debug", 3],
  ["info", 3],
  ["warn", 0],
  ["error", 0],
] as const) {
  test(`shows a filter's informative lines ${shown ? "" : "no more "}at level ${logLevel}`, async () => {
    await serving(setup([instance(modules.repeating)], { logLevel }), async (running) => {
      assert.deepEqual(running.logs(), Array(shown).fill("info ||"));
    });
  });
}

test("a refused configuration gives its problems in order, each once", async () => {
  const started = await host.start(setup([instance(modules.refusing)]));
  assert.deepEqual(started, { refused: true, problems: ["keys: required", "extra: unknown setting"] });
});

test("a module that cannot be linked is one clear message", async () => {
  const error = await errorOf(setup([instance(modules.unlinkable)]));
  assert.match(
    error.message,
    /^Envoy did not start: Failed to load Wasm module.*env\.proxy_nope \(exit code 1\)$/,
  );
});

test("a file that is no module is one clear message", async () => {
  const path = join(folder, "garbage.wasm");
  writeFileSync(path, "not wasm");
  assert.match((await errorOf(setup([instance(path)]))).message, /garbage\.wasm: not a WebAssembly module/);
});

test("a filter that crashes answers 503 and lets nothing through", async () => {
  await serving(setup([instance(modules.trapping)], toUpstream()), async (running) => {
    const before = behind.seen.length;
    for (let request = 0; request < 2; request++) {
      assert.equal((await fetch(`http://127.0.0.1:${running.port}/`)).status, 503);
    }
    assert.equal(behind.seen.length, before);
    assert.ok(running.logs().includes("critical abort: on purpose at filter.ts:1:1"));
  });
});

test("a port in use is one clear message", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  const { port } = server.address() as AddressInfo;
  const error = await errorOf(setup([instance(accepting)], { port }));
  server.close();
  assert.equal(error.message, `port ${port} is in use`);
});

test("a port that another Envoy has is in use too", async () => {
  await serving(setup([instance(accepting)]), async ({ port }) => {
    assert.equal((await errorOf(setup([instance(accepting)], { port }))).message, `port ${port} is in use`);
  });
});

test("an Envoy that dies is noticed", async () => {
  await serving(setup([instance(accepting)]), async (running) => {
    process.kill(running.envoy.pid, "SIGKILL");
    assert.equal(await running.died, "Envoy ended (signal SIGKILL)");
  });
});

test("an Envoy that crashes is noticed with its reason", async () => {
  await serving(setup([instance(accepting)]), async (running) => {
    process.kill(running.envoy.pid, "SIGSEGV");
    assert.match(await running.died, /^Envoy ended \(signal SIG(SEGV|ABRT)\): Caught Segmentation fault/);
  });
});

test("nothing is left of an Envoy that was stopped: no process, no folder, no word of its death", async () => {
  const started = await host.start(setup([instance(accepting)]));
  assert.ok(!started.refused);
  const { running } = started;
  assert.equal(scratchFolders().length, 1);
  await running.stop();
  assert.equal(alive(running.envoy.pid), false);
  assert.equal(await Promise.race([running.died, sleep(50, "silent")]), "silent");
  assert.deepEqual(scratchFolders(), []);
});

test("each wish of the options reaches Envoy", async () => {
  const patient = { ...instance(accepting), options: { streamIdleTimeoutMs: 200, vmId: "mine" } };
  const silent = createServer().listen(0, "127.0.0.1");
  await new Promise((ready) => silent.once("listening", ready));
  const { port } = silent.address() as AddressInfo;
  await serving(setup([patient], { upstream: { port, protocol: "http1" } }), async (running) => {
    const answer = await fetch(`http://127.0.0.1:${running.port}/`);
    assert.deepEqual([answer.status, await answer.text()], [504, "stream timeout"]);
  });
  silent.close();
});

function toUpstream(): Partial<HostSetup> {
  return { upstream: { port: behind.port, protocol: "http1" } };
}

async function serving(wanted: HostSetup, use: (running: RunningEnvoy) => Promise<void>): Promise<void> {
  const started = await host.start(wanted);
  assert.ok(!started.refused);
  try {
    await use(started.running);
  } finally {
    await started.running.stop();
  }
}

async function errorOf(wanted: HostSetup): Promise<UserError> {
  const outcome = await host.start(wanted).catch((error: unknown) => error);
  assert.ok(outcome instanceof UserError, `no error: ${JSON.stringify(outcome)}`);
  return outcome;
}

async function statusOverHttp2(port: number): Promise<number> {
  const session = connect(`http://127.0.0.1:${port}`);
  const stream = session.request({ ":path": "/" });
  const status = await new Promise<number>((done) =>
    stream.once("response", (headers) => done(headers[":status"]!)),
  );
  session.destroy();
  return status;
}

function scratchFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith("meshscript-envoy-"));
}
