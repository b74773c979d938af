import assert from "node:assert/strict";
import { test } from "node:test";
import { envoyGateway } from "../../../tools/targets/envoy-gateway.js";
import { apiKeys, filters, link, meshWith, stamp, type Changes } from "./support/meshes.js";
import { headingOf, resourcesOf, textOf, type Resource } from "./support/resources.js";

const sha256 = "0f".repeat(32);

test("a chain becomes the policy of an HTTPRoute, in its order", async () => {
  const mesh = meshWith([
    await link(filters.apiKey, { configuration: apiKeys }),
    await link(filters.headers, { configuration: stamp }),
  ]);
  const [route, policy] = resourcesOf(envoyGateway, mesh);
  assert.deepEqual(route, {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: "orders", namespace: "store" },
    spec: {
      parentRefs: [{ name: "edge" }],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/" } }],
          backendRefs: [{ name: "orders", port: 8080 }],
        },
      ],
    },
  });
  const image = (name: string) => ({
    type: "Image",
    pullPolicy: "IfNotPresent",
    image: { url: `registry.example/filters/${name}:1.0.0` },
  });
  assert.deepEqual(policy, {
    apiVersion: "gateway.envoyproxy.io/v1alpha1",
    kind: "EnvoyExtensionPolicy",
    metadata: { name: "shop", namespace: "store" },
    spec: {
      targetRefs: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", name: "orders" }],
      wasm: [
        { name: "api-key", failOpen: false, code: image("api-key"), config: apiKeys },
        { name: "headers", failOpen: false, code: image("headers"), config: stamp },
      ],
    },
  });
});

const fields: [what: string, changes: Changes, expected: Resource][] = [
  ["its root_id", { manifest: { rootId: "second" } }, { rootID: "second" }],
  ["no failing open for FAIL_CLOSED", { manifest: { failurePolicy: "FAIL_CLOSED" } }, { failOpen: false }],
  [
    "failing open, where its manifest says so",
    { manifest: { failurePolicy: "FAIL_OPEN" } },
    { failOpen: true },
  ],
  ["the environment that it reads", { manifest: { environment: ["KEY"] } }, { env: { hostKeys: ["KEY"] } }],
  ["no configuration", {}, { config: undefined }],
  [
    "digest and pull secret",
    { image: { reference: "registry.example/a:1", sha256 }, pullSecret: "pull" },
    {
      code: {
        type: "Image",
        pullPolicy: "IfNotPresent",
        image: { url: "registry.example/a:1", sha256, pullSecretRef: { kind: "Secret", name: "pull" } },
      },
    },
  ],
];

for (const [what, changes, expected] of fields)
  test(`a filter has ${what}`, async () => {
    const [, { spec }] = resourcesOf(envoyGateway, meshWith([await link(filters.headers, changes)]));
    for (const [key, value] of Object.entries(expected)) assert.deepEqual(spec.wasm[0][key], value);
  });

test("a filter that shares data keeps it to itself: its VM's id is its own", async () => {
  const { lost } = envoyGateway.generate(meshWith([await link(filters.sharesData)]));
  assert.ok(
    lost.some((text) => text.startsWith("vm_id: the host chooses it. Each filter of a policy gets its own")),
  );
});

test("the heading names what the policy cannot say", async () => {
  const mesh = meshWith([
    await link(filters.apiKey, {
      configuration: apiKeys,
      phase: "AUTHN",
      manifest: { failurePolicy: "FAIL_OPEN" },
    }),
    await link(filters.calls),
    await link(filters.counts),
  ]);
  const heading = headingOf(textOf(envoyGateway, mesh)).filter((line) => line.startsWith("- "));
  assert.deepEqual(
    heading.map((line) => line.slice(2, line.indexOf(":"))),
    [
      "vm_id",
      "capability_restriction_config",
      "stream_idle_timeout 15s",
      "FAIL_RELOAD of ask-authority, counting",
      "FAIL_OPEN of api-key",
      "normalize_path, merge_slashes, path_with_escaped_slashes_action and headers_with_underscores_action",
      "stats_tags",
      "phase of api-key",
      "callees",
    ],
  );
});

test("more filters than a policy holds are refused", async () => {
  const one = await link(filters.headers);
  const many = Array.from({ length: 17 }, (_, at) => ({ ...one, name: `headers-${at}` }));
  assert.throws(
    () => envoyGateway.generate(meshWith(many)),
    /17 filters: an EnvoyExtensionPolicy holds 16 at most/,
  );
});
