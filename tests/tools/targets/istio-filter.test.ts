import assert from "node:assert/strict";
import { test } from "node:test";
import { needEnvoy } from "../../../tools/envoy/find.js";
import { startEnvoy } from "../../../tools/envoy/process.js";
import { validate } from "../../../tools/envoy/validate.js";
import { istio, trafficExtension } from "../../../tools/targets/istio.js";
import type { BuiltMesh } from "../../../tools/targets/index.js";
import { withoutEnvoy } from "../cli/support/envoy.js";
import { asText, patched } from "./support/istiod.js";
import { apiKeys, filters, link, meshWith, stamp } from "./support/meshes.js";
import { resourcesOf, textOf, type Resource } from "./support/resources.js";

const held = { configuration: { mode: "change" } };

function filterOf(mesh: BuiltMesh): Resource {
  return resourcesOf(istio, mesh).find(({ kind }) => kind === "EnvoyFilter");
}

function proxyOf(mesh: BuiltMesh): Resource {
  const moduleOf = (image: string) => mesh.links.find((one) => one.image!.reference === image)!.wasmPath;
  return patched(filterOf(mesh), moduleOf);
}

function managerOf(bootstrap: Resource): Resource {
  return bootstrap.static_resources.listeners[0].filter_chains[0].filters[0].typed_config;
}

const inOwnForm: [why: string, filter: string, setting: (config: Resource) => unknown, expected: unknown][] =
  [
    [
      "holds headers until it has judged the body",
      filters.holdsHeaders,
      (config) => config.allow_on_headers_stop_iteration,
      true,
    ],
    [
      "shares data, so its VM's id matters",
      filters.sharesData,
      (config) => config.vm_config.vm_id,
      "keeping",
    ],
  ];

test("a filter that may do less than its module asks for is an EnvoyFilter, which withholds the rest", async () => {
  const ceiling = { groups: ["headers", "replies", "log"], line: 3 };
  const [{ typed_config }] = managerOf(
    proxyOf(meshWith([await link(filters.counts, { manifest: { ceiling } })])),
  ).http_filters;
  const { allowed_capabilities } = typed_config.config.capability_restriction_config;
  assert.ok("proxy_get_header_map_value" in allowed_capabilities);
  assert.ok(!("proxy_define_metric" in allowed_capabilities));
});

for (const [why, filter, setting, expected] of inOwnForm)
  test(`a filter that ${why} is an EnvoyFilter, which says so`, async () => {
    const mesh = meshWith([await link(filter)]);
    for (const target of [istio, trafficExtension])
      assert.deepEqual(
        resourcesOf(target, mesh).map(({ kind }) => kind),
        ["EnvoyFilter"],
      );
    const filters = managerOf(proxyOf(mesh)).http_filters;
    assert.equal(
      filters[0].typed_config.config.vm_config.capability_restriction_config,
      undefined,
      "istiod would drop it",
    );
    assert.deepEqual(setting(filters[0].typed_config.config), expected);
    assert.ok(filters[0].typed_config.config.capability_restriction_config);
  });

test("an EnvoyFilter names image, digest and workloads, and nothing is served before the module is there", async () => {
  const image = { reference: "registry.example/whole:1", sha256: "0f".repeat(32) };
  const envoyFilter = filterOf(meshWith([await link(filters.holdsHeaders, { image })]));
  assert.deepEqual(envoyFilter.spec.workloadSelector, { labels: { app: "orders" } });
  assert.equal(envoyFilter.metadata.name, "shop");
  const of = (kind: string) => envoyFilter.spec.configPatches.find((one: Resource) => one.applyTo === kind);
  assert.deepEqual(of("EXTENSION_CONFIG").patch.value.typed_config.config.vm_config.code, {
    remote: {
      http_uri: { uri: "oci://registry.example/whole:1", cluster: "_", timeout: "30s" },
      sha256: image.sha256,
    },
  });
  assert.deepEqual(of("HTTP_FILTER"), {
    applyTo: "HTTP_FILTER",
    match: {
      context: "SIDECAR_INBOUND",
      listener: {
        filterChain: {
          filter: {
            name: "envoy.filters.network.http_connection_manager",
            subFilter: { name: "envoy.filters.http.router" },
          },
        },
      },
    },
    patch: {
      operation: "INSERT_BEFORE",
      value: {
        name: "store.shop.whole-body",
        config_discovery: {
          config_source: { ads: {}, resource_api_version: "V3", initial_fetch_timeout: "0s" },
          type_urls: ["type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm"],
        },
      },
    },
  });
});

test("where the proxies are gateways, so are the patches' listeners", async () => {
  const mesh = meshWith([await link(filters.holdsHeaders)], { selector: { istio: "ingressgateway" } });
  const contexts = filterOf(mesh).spec.configPatches.map(({ match }: Resource) => match.context);
  assert.deepEqual(new Set(contexts), new Set(["GATEWAY"]));
});

test("only FAIL_OPEN lets in the filter by which Istio's agent lets all pass", async () => {
  const typesWith = async (failurePolicy: "FAIL_OPEN" | "FAIL_CLOSED" | "FAIL_RELOAD") => {
    const mesh = meshWith([await link(filters.holdsHeaders, { manifest: { failurePolicy } })]);
    return filterOf(mesh).spec.configPatches.at(-1).patch.value.config_discovery.type_urls.length;
  };
  assert.deepEqual(
    [await typesWith("FAIL_OPEN"), await typesWith("FAIL_CLOSED"), await typesWith("FAIL_RELOAD")],
    [2, 1, 1],
  );
});

test("the filters of a phase are of one kind, so that the chain keeps its order", async () => {
  const first = await link(filters.apiKey, { configuration: apiKeys, phase: "AUTHN" });
  const second = await link(filters.headers, { configuration: stamp });
  const third = await link(filters.holdsHeaders, held);
  const resources = resourcesOf(istio, meshWith([first, second, third]));
  assert.deepEqual(
    resources.map(({ kind, metadata }) => [kind, metadata.name]),
    [
      ["WasmPlugin", "shop-api-key"],
      ["EnvoyFilter", "shop"],
    ],
  );
  assert.deepEqual(namesIn(proxyOf(meshWith([first, second, third]))), [
    "store.shop.headers",
    "store.shop.whole-body",
    "envoy.filters.http.router",
  ]);
});

test("filters of the phase AUTHN come first, in their order", async () => {
  const phase = "AUTHN";
  const chain = [
    await link(filters.apiKey, { configuration: apiKeys, phase }),
    await link(filters.holdsHeaders, { ...held, phase }),
  ];
  const last = await link(filters.sharesData);
  assert.deepEqual(namesIn(proxyOf(meshWith([...chain, last]))), [
    "store.shop.api-key",
    "store.shop.whole-body",
    "store.shop.keeping",
    "envoy.filters.http.router",
  ]);
});

function namesIn(bootstrap: Resource): string[] {
  return managerOf(bootstrap).http_filters.map(({ name }: Resource) => name);
}

test("filters that may wait get a timeout, and servers that they call", async () => {
  const callees = {
    authority: { address: "authority.store.svc.cluster.local", port: 80, protocol: "http1" as const },
  };
  const mesh = meshWith([await link(filters.calls, { manifest: { streamIdleTimeoutMs: 20_000 } })], {
    callees,
  });
  assert.deepEqual(
    resourcesOf(istio, mesh).map(({ kind }) => kind),
    ["WasmPlugin", "EnvoyFilter"],
  );
  const bootstrap = proxyOf(mesh);
  assert.equal(managerOf(bootstrap).stream_idle_timeout, "20s");
  assert.deepEqual(
    bootstrap.static_resources.clusters.map(({ name }: Resource) => name),
    ["upstream", "authority"],
  );
});

test("a chain that neither waits nor needs more than Istio's resources has no EnvoyFilter", async () => {
  assert.equal(filterOf(meshWith([await link(filters.headers)])), undefined);
});

const chains: [what: string, mesh: () => Promise<BuiltMesh>][] = [
  ["holding headers, with all that can be set", () => everything()],
  [
    "of connections",
    async () =>
      meshWith([
        await link(filters.tcp, {
          manifest: { allowOnHeadersStopIteration: true, streamIdleTimeoutMs: 1000 },
        }),
      ]),
  ],
];

for (const [what, made] of chains)
  test(`Envoy takes what an EnvoyFilter makes of a chain ${what}`, { skip: withoutEnvoy }, async () => {
    const { path } = await needEnvoy();
    assert.deepEqual(await validate(path, asText(proxyOf(await made()))), { valid: true });
  });

async function everything(): Promise<BuiltMesh> {
  const callees = { authority: { address: "127.0.0.1", port: 1, protocol: "http2" as const } };
  const links = [
    await link(filters.holdsHeaders, { manifest: { failurePolicy: "FAIL_CLOSED", environment: ["HOME"] } }),
    await link(filters.sharesData),
    await link(filters.headers, { configuration: stamp, manifest: { failurePolicy: "FAIL_OPEN" } }),
    await link(filters.calls, { configuration: {} }),
  ];
  return meshWith(links, { callees });
}

test("Envoy withholds what an EnvoyFilter does not list", { skip: withoutEnvoy }, async () => {
  const { path: binary } = await needEnvoy();
  const ceiling = { groups: ["headers", "replies", "log", "configuration", "lifecycle"], line: 3 };
  const bootstrap = proxyOf(meshWith([await link(filters.counts, { manifest: { ceiling } })]));
  bootstrap.admin = { address: { socket_address: { address: "127.0.0.1", port_value: 0 } } };
  const started = await startEnvoy({ binary, bootstrap: asText(bootstrap) });
  assert.ok(started.ready);
  const { envoy } = started;
  await fetch(`http://127.0.0.1:${envoy.port}/`);
  await envoy.stop();
  const said = envoy.lines().map(({ text }) => text);
  assert.ok(
    said.some((text) => text.includes("restricted proxy-wasm capability: proxy_define_metric")),
    said.join("\n"),
  );
});

test("equal meshes give equal text", async () => {
  assert.equal(textOf(istio, await everything()), textOf(istio, await everything()));
});
