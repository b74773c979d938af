import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { kubernetes } from "../../../tools/targets/kubernetes.js";
import type { BuiltLink } from "../../../tools/targets/index.js";
import { temporaryFolder } from "../envoy/support/setup.js";
import { apiKeys, filters, link, meshWith, stamp } from "./support/meshes.js";
import { resourcesOf, textOf, type Resource } from "./support/resources.js";

const sha256 = "0f".repeat(32);
const without = { image: null };

function named(resources: Resource[], kind: string): Resource[] {
  return resources.filter((one) => one.kind === kind);
}

function podOf(resources: Resource[]): Resource {
  return named(resources, "Deployment")[0].spec.template.spec;
}

function bootstrapOf(resources: Resource[]): Resource {
  return parse(named(resources, "ConfigMap").find(({ data }) => data["envoy.yaml"]).data["envoy.yaml"]);
}

test("with images, each module is a volume made of one, at its digest where the mesh states it", async () => {
  const image = { reference: "registry.example:5000/filters/api-key:1.0.0", sha256 };
  const chain = [
    await link(filters.apiKey, { configuration: apiKeys, image, pullSecret: "pull" }),
    await link(filters.headers, { configuration: stamp, pullSecret: "pull" }),
  ];
  const resources = resourcesOf(kubernetes, meshWith(chain));
  const { volumes, containers, imagePullSecrets } = podOf(resources);
  assert.deepEqual(
    volumes.slice(1).map(({ image }: Resource) => image),
    [
      { reference: `registry.example:5000/filters/api-key@sha256:${sha256}`, pullPolicy: "IfNotPresent" },
      { reference: "registry.example/filters/headers:1.0.0", pullPolicy: "IfNotPresent" },
    ],
  );
  assert.deepEqual(imagePullSecrets, [{ name: "pull" }]);
  const paths = containers[0].volumeMounts
    .slice(1)
    .map(({ mountPath }: Resource) => `${mountPath}/plugin.wasm`);
  const { http_filters } =
    bootstrapOf(resources).static_resources.listeners[0].filter_chains[0].filters[0].typed_config;
  const used = http_filters
    .slice(0, 2)
    .map((one: Resource) => one.typed_config.config.vm_config.code.local.filename);
  assert.deepEqual(used, paths);
});

test("without images, modules and configurations are one ConfigMap, and the bootstrap does not change with them", async () => {
  const resources = resourcesOf(
    kubernetes,
    meshWith([await link(filters.headers, { ...without, configuration: stamp })]),
  );
  const [filtersMap, bootstrap] = named(resources, "ConfigMap");
  assert.match(Object.keys(filtersMap.data).join(), /^headers.yaml$/);
  assert.match(Object.keys(filtersMap.binaryData).join(), /^headers-[0-9a-f]{12}.wasm$/);
  const other = resourcesOf(
    kubernetes,
    meshWith([await link(filters.headers, { ...without, configuration: {} })]),
  );
  assert.notDeepEqual(named(other, "ConfigMap")[0].data, filtersMap.data);
  assert.deepEqual(named(other, "ConfigMap")[1], bootstrap);
});

test("what Envoy reads once is named after its content, so that a change rolls the pods", async () => {
  const of = async (configuration: Resource) => {
    const resources = resourcesOf(kubernetes, meshWith([await link(filters.headers, { configuration })]));
    const [map] = named(resources, "ConfigMap");
    const volume = podOf(resources).volumes.find(({ name }: Resource) => name === "configuration");
    assert.deepEqual([map.immutable, volume.configMap.name], [true, map.metadata.name]);
    return map.metadata.name;
  };
  assert.notEqual(await of(stamp), await of({}));
});

test("the container may do nothing but serve", async () => {
  const pod = podOf(resourcesOf(kubernetes, meshWith([await link(filters.headers)])));
  const [container] = pod.containers;
  assert.deepEqual(container.securityContext, {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  });
  const { runAsNonRoot, runAsUser, seccompProfile } = pod.securityContext;
  assert.deepEqual([runAsNonRoot, runAsUser, seccompProfile], [true, 101, { type: "RuntimeDefault" }]);
  assert.equal(pod.automountServiceAccountToken, false);
  assert.match(container.image, /^envoyproxy\/envoy:distroless-v\d+\.\d+\.\d+$/);
  assert.ok(container.volumeMounts.every(({ readOnly }: Resource) => readOnly === true));
});

test("the admin interface stays on loopback, and probes ask a listener of their own", async () => {
  const resources = resourcesOf(kubernetes, meshWith([await link(filters.headers)]));
  const { admin, static_resources } = bootstrapOf(resources);
  assert.equal(admin.address.socket_address.address, "127.0.0.1");
  const [{ ports, readinessProbe, livenessProbe, startupProbe }] = podOf(resources).containers;
  const listening = static_resources.listeners.map(
    ({ address }: Resource) => address.socket_address.port_value,
  );
  assert.deepEqual(
    ports.map(({ containerPort }: Resource) => containerPort),
    listening,
  );
  for (const probe of [readinessProbe, livenessProbe, startupProbe])
    assert.deepEqual(probe.httpGet, { path: "/ready", port: "probes" });
});

test("the Service finds Envoy's pods, and the mesh's own Service does not", async () => {
  const resources = resourcesOf(kubernetes, meshWith([await link(filters.headers)]));
  const [{ spec }] = named(resources, "Service");
  const { labels } = named(resources, "Deployment")[0].spec.template.metadata;
  assert.deepEqual(spec.selector, labels);
  assert.equal(labels.app, undefined);
});

test("requests go to the route's service, unless the upstream is elsewhere than on loopback", async () => {
  const addressOf = async (address: string) => {
    const upstream = { address, port: 9000, protocol: "http1" as const };
    const resources = resourcesOf(kubernetes, meshWith([await link(filters.headers)], { upstream }));
    const [cluster] = bootstrapOf(resources).static_resources.clusters;
    return Object.values(
      cluster.load_assignment.endpoints[0].lb_endpoints[0].endpoint.address.socket_address,
    );
  };
  assert.deepEqual(await addressOf("127.0.0.1"), ["orders.store.svc.cluster.local", 8080]);
  assert.deepEqual(await addressOf("orders.internal"), ["orders.internal", 9000]);
});

test("variables that filters read come from a Secret", async () => {
  const reading = await link(filters.headers, { manifest: { environment: ["KEY"] } });
  const [{ env }] = podOf(resourcesOf(kubernetes, meshWith([reading]))).containers;
  assert.deepEqual(env, [{ name: "KEY", valueFrom: { secretKeyRef: { name: "shop-envoy", key: "KEY" } } }]);
});

test("modules that no ConfigMap holds are refused with the way out", async () => {
  const large = join(temporaryFolder(), "large.wasm");
  writeFileSync(large, Buffer.alloc(800_000));
  const one: BuiltLink = { ...(await link(filters.headers, without)), wasmPath: large };
  assert.throws(() => kubernetes.generate(meshWith([one])), {
    name: "UserError",
    message: /are 10\d{5} bytes in base64, and a ConfigMap holds 1048576; headers has the largest module/,
    hint: /Name an image for each filter/,
  });
});

test("images for some filters only are refused", async () => {
  const mixed = [await link(filters.apiKey), await link(filters.headers, without)];
  assert.throws(() => kubernetes.generate(meshWith(mixed)), /headers has no image, and api-key has one/);
});

test("a name that no object can have is refused", async () => {
  const mesh = meshWith([await link(filters.headers)], { name: "x".repeat(60) });
  assert.throws(() => kubernetes.generate(mesh), /no name for an object of a cluster/);
});

for (const [how, changes] of [
  ["images", {}],
  ["a ConfigMap", without],
] as const)
  test(`equal meshes give equal text, with ${how}`, async () => {
    const mesh = async () => meshWith([await link(filters.headers, { configuration: stamp, ...changes })]);
    assert.equal(textOf(kubernetes, await mesh()), textOf(kubernetes, await mesh()));
  });
