import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { generateBootstrap } from "../../../tools/envoy/bootstrap.js";
import { discoveredFile } from "../../../tools/envoy/discovery.js";
import { needEnvoy } from "../../../tools/envoy/find.js";
import { pluginOfInstance } from "../../../tools/envoy/plugin.js";
import { startEnvoy, type EnvoyProcess } from "../../../tools/envoy/process.js";
import { publish } from "../../../tools/publish/index.js";
import {
  eachIn,
  publishedIn,
  readEnvoy,
  waitFor,
  type EnvoyState,
  type FilterState,
} from "../../../tools/rollout/index.js";
import { ecds } from "../../../tools/targets/ecds.js";
import { withoutEnvoy } from "../cli/support/envoy.js";
import { put } from "../envoy/support/discovery.js";
import { rawModule, trapping, withSection } from "../envoy/support/raw-module.js";
import { instance, temporaryFolder } from "../envoy/support/setup.js";
import { filters, link, meshWith, stamp } from "../targets/support/meshes.js";
import { startWatcher } from "./drill/envoys.js";
import { onFreePorts } from "./drill/versions.js";

// What the tests of read.ts assume of Envoy, asked of Envoy.

const only = { skip: withoutEnvoy };

async function started(t: TestContext, bootstrap: string): Promise<EnvoyProcess> {
  const start = await startEnvoy({ binary: (await needEnvoy()).path, bootstrap });
  assert.ok(start.ready);
  t.after(() => start.envoy.stop());
  return start.envoy;
}

async function until(envoy: EnvoyProcess, is: (filter: FilterState) => boolean): Promise<EnvoyState> {
  for (let i = 0; i < 200; ++i) {
    const state = await readEnvoy(`http://127.0.0.1:${envoy.adminPort}`);
    if (is(state.filters[0]!)) return state;
    await sleep(25);
  }
  assert.fail(`not within 5 s: ${is}`);
}

const ports = { listen: { port: 0 }, admin: { port: 0 }, upstream: { port: 9 } };

test(
  "Envoy shows a refused version as the last one, and calls it taken when it reads it again",
  only,
  async (t) => {
    const folder = temporaryFolder();
    const { wasmPath } = await link(filters.headers);
    const plugin = (configuration: object) =>
      pluginOfInstance(
        instance(wasmPath, { name: "headers", configuration: JSON.stringify(configuration) }),
        wasmPath,
      );
    const file = (version: string, configuration: object) =>
      discoveredFile(plugin(configuration), version, "");
    put(folder, "headers.yaml", file("v1", stamp));
    const discovery = { folder, byLink: true };
    const envoy = await started(t, generateBootstrap({ chain: [plugin(stamp)], ...ports, discovery }));
    const first = await until(envoy, ({ version }) => version === "v1");
    assert.deepEqual([first.version, first.state, first.unfiltered], ["1.40.0", "LIVE", 0]);
    assert.ok(first.vms.active > 0 && first.vms.created >= first.vms.active);

    put(folder, "headers.yaml", file("v2", { mutatoins: {} }));
    const [refusal] = (await until(envoy, ({ refused }) => refused === "v2")).filters;
    assert.deepEqual([refusal!.version, refusal!.updates.taken, refusal!.updates.refused], ["v1", 1, 1]);

    put(folder, "other.yaml", "another name in the folder");
    const [again] = (await until(envoy, ({ refused }) => refused === null)).filters;
    assert.deepEqual([again!.version, again!.doubtful, again!.updates.taken], ["v2", true, 1]);

    put(folder, "headers.yaml", "no: [configuration");
    await until(envoy, ({ updates }) => updates.unreadable === 1);
  },
);

test("Envoy counts the fresh VMs that crashes made necessary", only, async (t) => {
  const wasm = await rawModule(temporaryFolder(), "crashing", trapping);
  const plugin = pluginOfInstance(instance(wasm, { name: "crashing" }), wasm);
  const envoy = await started(t, generateBootstrap({ chain: [plugin], ...ports }));
  const ask = () => fetch(`http://127.0.0.1:${envoy.port}/`).then((answer) => answer.text());
  await ask();
  await sleep(400);
  await ask();
  const { filters: found } = await until(envoy, ({ reloads }) => reloads > 0);
  assert.deepEqual(
    [found[0]!.name, found[0]!.source, found[0]!.module],
    ["crashing", "bootstrap", "crashing.wasm"],
  );
});

test("TCP filters change while a connection is open", only, async (t) => {
  const server = createServer((socket) => socket.pipe(socket));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  t.after(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const one = await link(filters.tcp);
  const version = (wasmPath: string) => {
    const upstream = { address: "127.0.0.1", port, protocol: "http1" } as const;
    return onFreePorts(ecds.generate(meshWith([{ ...one, wasmPath }], { upstream })));
  };
  const folder = temporaryFolder();
  publish(folder, version(one.wasmPath));
  const watcher = await startWatcher(folder, (await needEnvoy()).path);
  t.after(() => watcher.process.stop());
  const socket = connect(watcher.process.port, "127.0.0.1").setEncoding("utf8");
  t.after(() => socket.destroy());
  await echoed(socket, "before\n");

  const changed = join(temporaryFolder(), "tcp-edits.wasm");
  writeFileSync(changed, withSection(readFileSync(one.wasmPath), "other", "version"));
  publish(folder, version(changed));
  const wanted = eachIn(publishedIn(folder).versions);
  const { outcome, answers } = await waitFor([watcher.admin], wanted, 10_000);
  assert.equal(outcome, "served", JSON.stringify(answers));
  await echoed(socket, "after\n");
});

async function echoed(socket: NodeJS.ReadWriteStream, text: string): Promise<void> {
  const answer = new Promise<string>((resolve) => socket.once("data", (data) => resolve(String(data))));
  socket.write(text);
  assert.equal(await Promise.race([answer, sleep(5000, "nothing")]), text);
}
