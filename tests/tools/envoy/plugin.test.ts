import assert from "node:assert/strict";
import { test } from "node:test";
import { moduleFacts, readModule } from "../../../tools/envoy/module.js";
import { pluginOfInstance, pluginOfManifest } from "../../../tools/envoy/plugin.js";
import type { Manifest } from "../../../tools/manifest/manifest.js";
import { rawModule } from "./support/raw-module.js";
import { instance, temporaryFolder } from "./support/setup.js";

const folder = temporaryFolder();
const wasm = await rawModule(folder, "raw", "");
const sharing = await rawModule(
  folder,
  "sharing",
  `@external("env", "proxy_register_shared_queue") declare function queue(a: usize, b: i32, c: usize): i32;
  export function proxy_on_configure(root: i32, size: i32): i32 { return queue(0, 0, 0); }`,
);
const vmId = (changes: Parameters<typeof instance>[1]) =>
  pluginOfInstance(instance(wasm, changes), wasm).vmId;

test("ends the VM id in a hash that stays while nothing changes", () => {
  assert.match(vmId({}), /^raw-[0-9a-f]{12}$/);
  assert.equal(vmId({ configuration: "{}" }), vmId({ configuration: "{}" }));
});

test("gives a VM of its own to each configuration, environment and root_id", () => {
  const ids = [{}, { configuration: "{}" }, { environment: { A: "1" } }, { rootId: "r" }].map(vmId);
  assert.equal(new Set(ids).size, 4);
});

test("keeps one VM id for a filter that shares data or queues", () => {
  assert.equal(pluginOfInstance(instance(sharing, { configuration: "{}" }), sharing).vmId, "raw");
});

test("takes over what the options say", () => {
  const options = {
    vmId: "mine",
    failurePolicy: "FAIL_OPEN",
    streamIdleTimeoutMs: 5,
    fullCallbacks: true,
  } as const;
  const plugin = pluginOfInstance(instance(wasm, { options }), wasm);
  assert.equal(plugin.vmId, "mine");
  assert.equal(plugin.failurePolicy, "FAIL_OPEN");
  assert.equal(plugin.streamIdleTimeoutMs, 5);
  assert.equal(plugin.capabilities, null);
});

test("names a manifest's variables and holds none of their values", () => {
  process.env.MESHSCRIPT_TEST_KEY = "s3cret";
  const manifest: Manifest = {
    ...{
      path: "",
      folder: "",
      name: "f",
      summary: "F.",
      callees: {},
      ceiling: null,
      rootId: "",
      failurePolicy: "FAIL_RELOAD",
      demo: undefined,
    },
    ...{ streamIdleTimeoutMs: undefined, allowOnHeadersStopIteration: true, environment: ["ZONE"] },
    configuration: { key: { env: "MESHSCRIPT_TEST_KEY" } },
  };
  const plugin = pluginOfManifest(manifest, readModule(wasm), "build/f.wasm");
  assert.deepEqual(plugin.hostEnvironment, ["MESHSCRIPT_TEST_KEY", "ZONE"]);
  assert.equal(plugin.wasmPath, "build/f.wasm");
  assert.doesNotMatch(JSON.stringify(plugin), /s3cret/);
});

test("says which file is missing or no module", () => {
  assert.throws(() => readModule("/nowhere/f.wasm"), /\/nowhere\/f\.wasm: no such module/);
  assert.throws(() => readModule(new URL(import.meta.url).pathname), /not a WebAssembly module.*magic/);
  assert.throws(() => moduleFacts(Uint8Array.from([0])), WebAssembly.CompileError);
});
