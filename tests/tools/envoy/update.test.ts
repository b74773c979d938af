import assert from "node:assert/strict";
import { createServer, get, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "../../../tools/build/index.js";
import { needEnvoy } from "../../../tools/envoy/find.js";
import { startEnvoy, type EnvoyProcess } from "../../../tools/envoy/process.js";
import { packageRoot } from "../../../tools/package-root.js";
import type { HostOptions } from "../../../tools/traffic/host.js";
import { discovering, publish } from "./support/discovery.js";
import { instance, temporaryFolder } from "./support/setup.js";

const folder = temporaryFolder();
let wasm = "";
let leaver = "";

/** Requests that the upstream has not answered yet. */
const held: ServerResponse[] = [];
const upstream = createServer((request, response) => {
  if (request.url === "/held") held.push(response);
  else response.end("hello\n");
});

before(async () => {
  wasm = (await build({ entry: join(packageRoot, "filters/headers"), outDir: folder })).wasmPath;
  const slow = join(packageRoot, "tests/traffic/filters/slow-leaver");
  leaver = (await build({ entry: slow, outDir: folder })).wasmPath;
  await new Promise<void>((ready) => upstream.listen(0, "127.0.0.1", ready));
});
after(() => void upstream.close().closeAllConnections());

/** The headers filter, so configured that it marks each response with its version. */
function marking(version: string, options: HostOptions): ReturnType<typeof instance> {
  const mutations = { response_mutations: [{ add: { key: "x-version", value: version } }] };
  return instance(wasm, { name: "headers", configuration: JSON.stringify({ mutations }), options });
}

/** The version that marked the answer to a request. */
function versionOf(port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get({ host: "127.0.0.1", port, path, agent: false, timeout: 10_000 }, (response) => {
      response.resume().on("end", () => resolve(String(response.headers["x-version"])));
    });
    request.on("error", reject).on("timeout", () => request.destroy(new Error(`no answer to ${path}`)));
  });
}

async function until(done: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (let i = 0; i < 200; ++i) {
    if (await done()) return;
    await sleep(25);
  }
  assert.fail(`${what}: not within 5 s`);
}

type Filter = ReturnType<typeof instance>;

async function withEnvoy(first: Filter, run: (envoy: EnvoyProcess) => Promise<void>): Promise<void> {
  publish(first, folder);
  const { port } = upstream.address() as AddressInfo;
  const { path: binary } = await needEnvoy();
  const started = await startEnvoy({ binary, bootstrap: discovering(first, folder, port) });
  assert.ok(started.ready);
  try {
    await run(started.envoy);
  } finally {
    await started.envoy.stop();
  }
}

const ways: Record<string, HostOptions> = {
  "in one VM for all configurations": { vmId: "shared", fullCallbacks: true },
  "as generated, with a VM for each configuration": {},
};
for (const [way, options] of Object.entries(ways)) {
  test(`an update of the configuration is for new requests, open ones keep the old: ${way}`, () =>
    withEnvoy(marking("one", options), async ({ port }) => {
      const open = versionOf(port, "/held");
      await until(() => held.length > 0, "the held request reaches the upstream");
      publish(marking("two", options), folder);
      await until(async () => (await versionOf(port, "/")) === "two", "the update is served");
      held.pop()!.end("late\n");
      assert.equal(await open, "one");
    }));

  test(`a wrong configuration is refused, and the one before goes on: ${way}`, () =>
    withEnvoy(marking("one", options), async ({ port, lines }) => {
      const wrong = { ...marking("two", options), configuration: '{"mutatoins":{}}' };
      publish(wrong, folder);
      const said = () =>
        lines().some(({ text }) => text.includes("configuration: mutatoins: unknown setting"));
      await until(said, "the refusal is logged");
      await sleep(200);
      assert.equal(await versionOf(port, "/"), "one");
    }));
}

test("a plugin that asks for time is there until it says that it is done", () => {
  const leaving = (version: string) =>
    instance(leaver, { name: "slow-leaver", configuration: JSON.stringify({ version }) });
  return withEnvoy(leaving("one"), async ({ port, lines }) => {
    const said = (text: string) => lines().filter((line) => line.text.includes(text)).length;
    publish(leaving("two"), folder);
    await until(async () => (await versionOf(port, "/")) === "two", "the update is served");
    await until(() => said("one goes") > 0, "the old plugin goes");
    await sleep(200);
    assert.equal(said("one asks for time"), said("one goes"), "it ticks no more once it is done");
    assert.equal(said("two asks for time"), 0);
  });
});
