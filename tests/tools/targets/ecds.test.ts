import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { parse } from "yaml";
import { needEnvoy } from "../../../tools/envoy/find.js";
import { UserError } from "../../../tools/errors.js";
import { publishChecked, refusals } from "../../../tools/publish/index.js";
import { ecds } from "../../../tools/targets/ecds.js";
import type { BuiltLink, BuiltMesh } from "../../../tools/targets/index.js";
import { withoutEnvoy } from "../cli/support/envoy.js";
import { rawModule, trapping } from "../envoy/support/raw-module.js";
import { temporaryFolder } from "../envoy/support/setup.js";
import { startCaller } from "../rollout/drill/start-caller.js";
import { apiKeys, filters, link, meshWith, stamp } from "./support/meshes.js";

let apiKey: BuiltLink;
let headers: BuiltLink;
let mesh: BuiltMesh;

before(async () => {
  apiKey = await link(filters.apiKey, { configuration: apiKeys });
  headers = await link(filters.headers, { configuration: stamp });
  mesh = meshWith([apiKey, headers]);
});

const made = (path: string, of = mesh) => parse(ecds.generate(of).files[path]!, { version: "1.1" });
const hashOf = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 12);
const versionIn = (of: BuiltMesh, name = "headers"): string =>
  made(`ecds/filters/${name}.yaml`, of).version_info;

test("generates a bootstrap, a file for each filter, and names for the modules", () => {
  const { files, modules, lost } = ecds.generate(mesh);
  const names = ["ecds/envoy.yaml", "ecds/filters/api-key.yaml", "ecds/filters/headers.yaml"];
  assert.deepEqual(Object.keys(files).sort(), names);
  assert.deepEqual(modules, {
    [`ecds/modules/api-key-${hashOf(apiKey.wasmPath)}.wasm`]: apiKey.wasmPath,
    [`ecds/modules/headers-${hashOf(headers.wasmPath)}.wasm`]: headers.wasmPath,
  });
  assert.deepEqual(lost, []);
});

test("the bootstrap names the files in the chain's order, and who asks for them", () => {
  const { node, static_resources } = made("ecds/envoy.yaml");
  assert.deepEqual(node, { id: "meshscript", cluster: "meshscript" });
  const found = static_resources.listeners[0].filter_chains[0].filters[0].typed_config.http_filters;
  const source = (name: string) => ({
    name,
    config_discovery: {
      config_source: {
        path_config_source: { path: `filters/${name}.yaml` },
        resource_api_version: "V3",
        initial_fetch_timeout: "0s",
      },
      type_urls: ["type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm"],
    },
  });
  assert.deepEqual(found.slice(0, -1), [source("api-key"), source("headers")]);
  assert.equal(found.at(-1).name, "envoy.filters.http.router");
});

test("a filter's file says all that a bootstrap would, with the module under the name of its content", () => {
  const [resource] = made("ecds/filters/headers.yaml").resources;
  const { config } = resource.typed_config;
  assert.equal(resource["@type"], "type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig");
  assert.equal(config.vm_config.code.local.filename, `modules/headers-${hashOf(headers.wasmPath)}.wasm`);
  assert.deepEqual(JSON.parse(config.configuration.value), stamp);
  assert.equal(config.failure_policy, "FAIL_RELOAD");
  assert.ok("proxy_log" in config.vm_config.capability_restriction_config.allowed_capabilities);
});

test("TCP filters are found in the same way", async () => {
  const tcp = meshWith([await link(filters.tcp)]);
  const [filter] = made("ecds/envoy.yaml", tcp).static_resources.listeners[0].filter_chains[0].filters;
  const type = "type.googleapis.com/envoy.extensions.filters.network.wasm.v3.Wasm";
  assert.deepEqual(filter.config_discovery.type_urls, [type]);
  assert.equal(filter.config_discovery.config_source.path_config_source.path, "filters/tcp-edits.yaml");
});

test("the version names module and configuration, and changes with what is changed alone", () => {
  const [module, configuration] = versionIn(mesh).split("-");
  assert.equal(module, hashOf(headers.wasmPath));
  const changed = (changes: Partial<BuiltLink["manifest"]>) =>
    versionIn(meshWith([apiKey, { ...headers, manifest: { ...headers.manifest, ...changes } }])).split("-");
  const settings = changed({ configuration: { mutations: {} } });
  assert.equal(settings[0], module);
  assert.notEqual(settings[1], configuration);
  assert.notEqual(changed({ failurePolicy: "FAIL_OPEN" })[1], configuration);
  assert.deepEqual(changed({ summary: "nothing that Envoy hears of" }), [module, configuration]);
  assert.equal(versionIn(meshWith([headers])), versionIn(mesh));
});

test("equal meshes give equal files", () => {
  assert.deepEqual(ecds.generate(mesh), ecds.generate(mesh));
});

const checked = { skip: withoutEnvoy };

test("Envoy takes what is generated", checked, async () => {
  const tcp = meshWith([await link(filters.tcp)]);
  for (const one of [mesh, tcp])
    assert.deepEqual(await refusals(ecds.generate(one), (await needEnvoy()).path), []);
});

interface Broken {
  says: RegExp;
  link(): Promise<Partial<BuiltLink>>;
}

const broken: Record<string, Broken> = {
  "settings that a filter refuses": {
    says: /^refused: headers: mutatoins: unknown setting$/,
    link: async () => ({ manifest: { ...headers.manifest, configuration: { mutatoins: {} } } }),
  },
  "what is no module": {
    says: /^refused: headers: Failed to parse corrupted Wasm module$/,
    link: async () => {
      const wasmPath = join(temporaryFolder(), "garbage.wasm");
      writeFileSync(wasmPath, "no module");
      return { wasmPath };
    },
  },
  "a module that ends Envoy": {
    says: /^refused: headers: Caught Segmentation fault/,
    link: async () => ({ wasmPath: await startCaller(join(temporaryFolder(), "caller.wasm")) }),
  },
};

for (const [what, { says, link: changes }] of Object.entries(broken))
  test(`the check before publication refuses ${what}, and says whose fault it is`, checked, async () => {
    const generated = ecds.generate(meshWith([apiKey, { ...headers, ...(await changes()) }]));
    const folder = temporaryFolder();
    const publication = publishChecked(folder, generated, (await needEnvoy()).path);
    await assert.rejects(publication, (error) => error instanceof UserError && says.test(error.message));
  });

test("a module that only requests can crash is published: no check plays them", checked, async () => {
  const wasmPath = await rawModule(temporaryFolder(), "trapping", trapping);
  const generated = ecds.generate(meshWith([{ ...headers, wasmPath }]));
  assert.deepEqual(await refusals(generated, (await needEnvoy()).path), []);
});

test("who publishes need not have the secrets that Envoy has in its environment", checked, async () => {
  const credentials = ["MESHSCRIPT_TEST_A", "MESHSCRIPT_TEST_B"].map((env) => ({
    key: { env },
    client: env,
  }));
  const configuration = { ...apiKeys, credentials };
  const one = { ...apiKey, manifest: { ...apiKey.manifest, configuration } };
  assert.deepEqual(await refusals(ecds.generate(meshWith([one])), (await needEnvoy()).path), []);
});

test("keys in a configuration that is refused are not shown", checked, async () => {
  const wrong = {
    ...apiKeys,
    credentails: [{ key: "k-secret-1234" }],
    credentials: [{ key: "", token: "k-secret-5678" }],
  };
  const one = { ...apiKey, manifest: { ...apiKey.manifest, configuration: wrong } };
  const [problem] = await refusals(ecds.generate(meshWith([one])), (await needEnvoy()).path);
  assert.match(problem!, /^api-key: /);
  assert.ok(!problem!.includes("k-secret"), problem);
});
