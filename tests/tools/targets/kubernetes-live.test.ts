import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { JsonObject } from "../../../tools/manifest/manifest.js";
import { needEnvoy } from "../../../tools/envoy/find.js";
import { startEnvoy } from "../../../tools/envoy/process.js";
import { validate } from "../../../tools/envoy/validate.js";
import { kubernetes } from "../../../tools/targets/kubernetes.js";
import type { BuiltMesh } from "../../../tools/targets/index.js";
import { withoutEnvoy } from "../cli/support/envoy.js";
import { temporaryFolder, upstream } from "../envoy/support/setup.js";
import { podOf, type Pod } from "./support/kubelet.js";
import { apiKeys, filters, link, meshWith, type Changes } from "./support/meshes.js";
import { resourcesOf } from "./support/resources.js";

const options = { skip: withoutEnvoy };
const known = { headers: { "x-api-key": "test-key-alice" } };

function stamping(value: string): JsonObject {
  return { mutations: { response_mutations: [{ set: { key: "x-stamp", value } }] } };
}

async function meshOf(stamp: string, changes: Changes = {}): Promise<BuiltMesh> {
  return meshWith([
    await link(filters.apiKey, { configuration: apiKeys, ...changes }),
    await link(filters.headers, { configuration: stamping(stamp), ...changes }),
  ]);
}

async function running(mesh: BuiltMesh, run: (pod: Pod) => Promise<void>): Promise<void> {
  const server = await upstream();
  const { path: binary } = await needEnvoy();
  const pod = await podOf(resourcesOf(kubernetes, mesh), mesh, server.port);
  const started = await startEnvoy({ binary, bootstrap: pod.bootstrap });
  assert.ok(started.ready, "Envoy ended");
  try {
    await run(pod);
  } finally {
    await started.envoy.stop();
    server.close();
  }
}

for (const [how, changes] of [
  ["images", {}],
  ["a ConfigMap", { image: null }],
] as const)
  test(`the pod's Envoy serves through the chain, with modules from ${how}`, options, () =>
    meshOf("first", changes).then((mesh) =>
      running(mesh, async ({ ports }) => {
        const at = `http://127.0.0.1:${ports.http}/orders`;
        assert.equal((await fetch(at)).status, 401);
        const answer = await fetch(at, known);
        assert.deepEqual([answer.status, answer.headers.get("x-stamp")], [200, "first"]);
      }),
    ),
  );

test("probes and metrics are answered, and nothing else of the admin interface", options, async () => {
  await running(await meshOf("first"), async ({ ports }) => {
    const at = (path: string) => fetch(`http://127.0.0.1:${ports.probes}${path}`);
    assert.deepEqual([(await at("/ready")).status, await (await at("/ready")).text()], [200, "LIVE\n"]);
    assert.match(await (await at("/stats/prometheus")).text(), /^envoy_server_live\{\} 1$/m);
    for (const path of ["/", "/config_dump", "/quitquitquit", "/ready/", "/stats"])
      assert.equal((await at(path)).status, 404, path);
  });
});

test(
  "a changed ConfigMap, with another module, is live without a restart, and one that the filter refuses changes nothing",
  options,
  async () => {
    const inConfigMap = { image: null };
    await running(await meshOf("first", inConfigMap), async ({ ports, update }) => {
      const stamp = async () =>
        (await fetch(`http://127.0.0.1:${ports.http}/`, known)).headers.get("x-stamp");
      const refusals = async () => {
        const stats = await (
          await fetch(`http://127.0.0.1:${ports.admin}/stats?filter=headers.config_fail`)
        ).text();
        return Number(stats.match(/: (\d+)/)![1]);
      };
      assert.equal(await stamp(), "first");
      const second = await meshOf("second", inConfigMap);
      second.links[1]!.wasmPath = anotherModule(second.links[1]!.wasmPath);
      update(resourcesOf(kubernetes, second));
      await until(async () => (await stamp()) === "second");
      const bad = await meshOf("third", inConfigMap);
      bad.links[1]!.manifest.configuration = { mutations: "none" };
      update(resourcesOf(kubernetes, bad));
      await until(async () => (await refusals()) > 0);
      assert.equal(await stamp(), "second");
    });
  },
);

test("Envoy takes the bootstrap of a chain that calls, counts and filters connections", options, async () => {
  const { path } = await needEnvoy();
  const callees = {
    authority: { address: "authority.store.svc.cluster.local", port: 80, protocol: "http2" as const },
  };
  const chains = [
    meshWith([await link(filters.calls), await link(filters.counts)], { callees }),
    meshWith([await link(filters.tcp, { image: null })]),
  ];
  for (const mesh of chains) {
    const { bootstrap } = await podOf(resourcesOf(kubernetes, mesh), mesh, 9);
    assert.deepEqual(await validate(path, bootstrap), { valid: true });
  }
});

/** The same, with a section that means nothing. */
function anotherModule(wasmPath: string): string {
  const path = join(temporaryFolder(), "headers.wasm");
  writeFileSync(path, Buffer.concat([readFileSync(wasmPath), Buffer.from([0, 3, 2, 0x6e, 0x6f])]));
  return path;
}

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200; ++i) {
    if (await done()) return;
    await sleep(50);
  }
  assert.fail("not within 10 s");
}
