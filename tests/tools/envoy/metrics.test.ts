import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { build } from "../../../tools/build/index.js";
import { envoyHost, type RunningEnvoy } from "../../../tools/envoy/host.js";
import { packageRoot } from "../../../tools/package-root.js";
import { instance, setup, temporaryFolder, upstream } from "./support/setup.js";

const behind = await upstream();
const entry = join(packageRoot, "tests/traffic/filters/counting");
const { wasmPath } = await build({ entry, outDir: temporaryFolder() });
const envoy = await started();
after(async () => {
  await envoy.stop();
  behind.close();
});

for (const path of ["/a.b", "/odd;=%25%22"]) {
  const answer = await fetch(`http://127.0.0.1:${envoy.port}${path}`);
  await answer.text();
}

test("tags reach Prometheus as labels, whatever is in their values", async () => {
  const lines = await prometheus();
  assert.ok(lines.includes("counting_hits{} 2"), lines.join("\n"));
  assert.ok(lines.includes('counting_requests{method="GET",route="/a.b"} 1'), lines.join("\n"));
  assert.ok(lines.includes('counting_requests{method="GET",route="/odd%3B=%2525%2522"} 1'), lines.join("\n"));
});

test("histograms are counted as soon as they are asked for", async () => {
  const metrics = await envoy.metrics();
  assert.equal(metrics["counting_sizes_count.;method=.GET"], 2);
  assert.equal(metrics["counting_hits"], 2);
  assert.ok((await prometheus()).includes('counting_sizes_count{method="GET"} 2'));
});

async function started(): Promise<RunningEnvoy> {
  const { port } = behind;
  const start = await envoyHost().start(
    setup([instance(wasmPath)], { upstream: { port, protocol: "http1" } }),
  );
  assert.ok(!start.refused);
  return start.running;
}

async function prometheus(): Promise<string[]> {
  const answer = await fetch(`http://127.0.0.1:${envoy.envoy.adminPort}/stats/prometheus`);
  return (await answer.text()).split("\n").filter((line) => line.startsWith("counting_"));
}
