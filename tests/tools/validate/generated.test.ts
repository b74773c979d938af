import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { parseAllDocuments } from "yaml";
import { builtMesh } from "../../../tools/cli/built-mesh.js";
import { modulesOf } from "../../../tools/cli/modules.js";
import { readMesh } from "../../../tools/mesh/read.js";
import { packageRoot } from "../../../tools/package-root.js";
import { targetOf } from "../../../tools/targets/index.js";
import { checkResources, holdsResources } from "../../../tools/validate/resources/check.js";
import { project } from "../cli/support/project.js";
import { clusterProblems } from "./support/cluster.js";
import { crdOf, published } from "./support/crds.js";
import { gate, manifest } from "./support/filters.js";

interface Resource {
  apiVersion: string;
  kind: string;
}

/** A chain that says all that can be said. */
const mesh = `name: shop
namespace: infra
selector: { app: shop, tier: front }
route: { name: orders, gateway: edge, service: orders, port: 8080 }
ingress: [orders, carts]
upstream: { address: orders, port: 8080 }
filters:
  - filter: gate
    name: first
    image: registry.example/gate@sha256:${"0".repeat(64)}
    sha256: "${"1".repeat(64)}"
    pull_secret: pull
    phase: AUTHN
    priority: 7
    failure_policy: FAIL_CLOSED
    configuration: { credentials: [{ key: { sha256: "${"2".repeat(64)}" }, client: alice }] }
  - filter: gate
    image: registry.example/gate:1
    phase: STATS
`;
const secret = "credentials: [{ key: { env: ALICE_KEY }, client: alice }]";
const plain = { ...gate, "filters/gate/filter.yaml": manifest("gate", secret), "mesh.yaml": mesh };
const held = manifest("gate", secret, "allow_on_headers_stop_iteration: true\n");

const cases: Record<string, { target: string; files: Record<string, string>; kinds: string[] }> = {
  "Istio's WasmPlugin": { target: "istio", files: plain, kinds: ["WasmPlugin", "WasmPlugin"] },
  "Istio's TrafficExtension": {
    target: "istio-traffic-extension",
    files: plain,
    kinds: ["TrafficExtension", "TrafficExtension"],
  },
  "Istio's EnvoyFilter": {
    target: "istio",
    files: {
      ...plain,
      "filters/gate/filter.yaml": held,
      "mesh.yaml": mesh.replace(/ +(pull_secret|phase|priority): .*\n/g, ""),
    },
    kinds: ["EnvoyFilter"],
  },
  "Envoy Gateway's policy, and its route": {
    target: "envoy-gateway",
    files: plain,
    kinds: ["HTTPRoute", "EnvoyExtensionPolicy"],
  },
  "Envoy in Kubernetes": {
    target: "kubernetes",
    files: plain,
    kinds: ["ConfigMap", "Deployment", "Service"],
  },
};

for (const [what, { target, files, kinds }] of Object.entries(cases)) {
  test(`what is generated is what a cluster takes: ${what}`, async (t) => {
    const texts = await generated(project(t, files), target);
    assert.deepEqual(
      texts.flatMap(resourcesIn).map(({ kind }) => kind),
      kinds,
    );
    for (const text of texts) await taken(text, t);
  });
}

test("what is committed in envoy-config/ is what a cluster takes", async (t) => {
  const folder = join(packageRoot, "envoy-config");
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter((name) =>
    name.endsWith(".yaml"),
  );
  const texts = files.map((name) => readFileSync(join(folder, name), "utf8")).filter(holdsResources);
  assert.ok(texts.length >= 5);
  for (const text of texts) await taken(text, t);
});

async function generated(folder: string, name: string): Promise<string[]> {
  const target = targetOf(name);
  const built = await builtMesh(readMesh(join(folder, "mesh.yaml")), target, modulesOf(folder));
  return Object.values(target.generate(built).files);
}

function resourcesIn(text: string): Resource[] {
  const documents = parseAllDocuments(text) as { toJS(): Resource }[];
  return documents.map((document) => document.toJS());
}

/** By meshscript's schemas and, where they can be had, by the published ones. */
async function taken(text: string, t: TestContext): Promise<void> {
  assert.deepEqual(checkResources(text, "generated"), { findings: [], notes: [], unchecked: [] });
  for (const resource of resourcesIn(text)) {
    const type = `${resource.apiVersion}/${resource.kind}`;
    const found = published[type] ? await crdOf(type) : undefined;
    if (found && "absent" in found)
      t.diagnostic(`not held against the published definition: ${found.absent}`);
    if (found && "crd" in found) assert.deepEqual(clusterProblems(found.crd, resource), []);
  }
}
