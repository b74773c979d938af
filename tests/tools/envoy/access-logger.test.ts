import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { build } from "../../../tools/build/index.js";
import { generateBootstrap } from "../../../tools/envoy/bootstrap.js";
import { needEnvoy } from "../../../tools/envoy/find.js";
import { readMetrics } from "../../../tools/envoy/metrics.js";
import { pluginOfInstance } from "../../../tools/envoy/plugin.js";
import { startEnvoy, type EnvoyProcess } from "../../../tools/envoy/process.js";
import { packageRoot } from "../../../tools/package-root.js";
import { instance, temporaryFolder, upstream } from "./support/setup.js";

const type = "type.googleapis.com/envoy.extensions.access_loggers.wasm.v3.WasmAccessLog";
const behind = await upstream();
const entry = join(packageRoot, "tests/traffic/filters/access-log");
const { wasmPath } = await build({ entry, outDir: temporaryFolder() });
after(() => behind.close());

for (const fullCallbacks of [false, true]) {
  test(`a filter writes Envoy's access log, ${fullCallbacks ? "with all" : "with the needed"} callbacks`, async () => {
    const envoy = await logging(fullCallbacks);
    try {
      for (const path of ["/a", "/b"]) await (await fetch(`http://127.0.0.1:${envoy.port}${path}`)).text();
      const lines = () => envoy.lines().flatMap(({ text }) => text.match(/mine GET .*/) ?? []);
      for (let wait = 0; wait < 100 && lines().length < 2; wait++) await sleep(20);
      assert.deepEqual(lines(), ["mine GET /a 200 0 true", "mine GET /b 200 0 true"]);
      assert.deepEqual(await readMetrics(envoy.adminPort), { "access_log_lines.;status=.200": 2 });
    } finally {
      await envoy.stop();
    }
  });
}

/** Envoy with the filter where its access logs are configured, in place of its filters. */
async function logging(fullCallbacks: boolean): Promise<EnvoyProcess> {
  const configuration = '{"prefix":"mine"}';
  const plugin = pluginOfInstance(
    instance(wasmPath, { configuration, options: { fullCallbacks } }),
    wasmPath,
  );
  const ports = { listen: { port: 0 }, admin: { port: 0 }, upstream: { port: behind.port } };
  const bootstrap = parse(generateBootstrap({ chain: [plugin], ...ports, statsOnDemand: true }));
  const manager = bootstrap.static_resources.listeners[0].filter_chains[0].filters[0].typed_config;
  const [filter] = manager.http_filters.splice(0, 1);
  const config = filter.typed_config.config;
  manager.access_log = [{ name: "envoy.access_loggers.wasm", typed_config: { "@type": type, config } }];
  const { path } = await needEnvoy();
  const start = await startEnvoy({ binary: path, bootstrap: stringify(bootstrap) });
  assert.ok(start.ready, JSON.stringify("lines" in start ? start.lines.slice(-3) : ""));
  return start.envoy;
}
