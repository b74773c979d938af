import assert from "node:assert/strict";
import { test } from "node:test";
import { higress } from "../../../tools/targets/higress.js";
import { apiKeys, filters, link, meshWith, stamp, type Changes } from "./support/meshes.js";
import { resourcesOf, type Resource } from "./support/resources.js";

test("a filter becomes a WasmPlugin where Higress looks for it, with a configuration that has no rules", async () => {
  const mesh = meshWith([
    await link(filters.apiKey, { configuration: apiKeys, phase: "AUTHN" }),
    await link(filters.headers, { configuration: stamp }),
  ]);
  const [first, second] = resourcesOf(higress, mesh);
  assert.deepEqual(first, {
    apiVersion: "extensions.higress.io/v1alpha1",
    kind: "WasmPlugin",
    metadata: { name: "shop-api-key", namespace: "higress-system" },
    spec: {
      url: "oci://registry.example/filters/api-key:1.0.0",
      imagePullPolicy: "IfNotPresent",
      phase: "AUTHN",
      priority: 20,
      failStrategy: "FAIL_CLOSE",
      pluginConfig: apiKeys,
    },
  });
  assert.deepEqual([second.spec.phase, second.spec.priority], ["UNSPECIFIED_PHASE", 10]);
});

const fields: [what: string, changes: Changes, expected: Resource][] = [
  ["fails closed after a crash", {}, { failStrategy: "FAIL_CLOSE" }],
  [
    "fails open where its manifest says so",
    { manifest: { failurePolicy: "FAIL_OPEN" } },
    { failStrategy: "FAIL_OPEN" },
  ],
  [
    "has its root_id and pull secret",
    { manifest: { rootId: "b" }, pullSecret: "pull" },
    { pluginName: "b", imagePullSecret: "pull" },
  ],
  [
    "sees the environment that it reads",
    { manifest: { environment: ["KEY"] } },
    { vmConfig: { env: [{ name: "KEY", valueFrom: "HOST" }] } },
  ],
  ["has an empty configuration where it has none", {}, { pluginConfig: {} }],
];

for (const [what, changes, expected] of fields)
  test(`a filter ${what}`, async () => {
    const [{ spec }] = resourcesOf(higress, meshWith([await link(filters.headers, changes)]));
    for (const [key, value] of Object.entries(expected)) assert.deepEqual(spec[key], value);
  });

test("that a mesh's ingresses do not choose requests is told of", async () => {
  const links = [await link(filters.headers)];
  const tells = ({ lost }: { lost: string[] }) => lost.some((text) => text.startsWith("ingress: "));
  assert.equal(tells(higress.generate(meshWith(links))), true);
  assert.equal(tells(higress.generate(meshWith(links, { path: null }))), false);
});
