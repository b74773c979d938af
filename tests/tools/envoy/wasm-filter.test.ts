import assert from "node:assert/strict";
import { test } from "node:test";
import { generatedPlugin } from "./support/plugins.js";

test("loads the module from its path as given", () => {
  const { vm_config: vm, name } = generatedPlugin({ wasmPath: "build/plain.wasm" });
  assert.equal(name, "plain");
  assert.deepEqual(vm.code, { local: { filename: "build/plain.wasm" } });
  assert.equal(vm.runtime, "envoy.wasm.runtime.v8");
  assert.equal(vm.vm_id, "plain-0123456789ab");
});

test("reloads a crashed VM after a tenth of a second", () => {
  const plugin = generatedPlugin({ failurePolicy: "FAIL_RELOAD" });
  assert.equal(plugin.failure_policy, "FAIL_RELOAD");
  assert.deepEqual(plugin.reload_config, { backoff: { base_interval: "0.1s" } });
});

for (const policy of ["FAIL_CLOSED", "FAIL_OPEN"] as const) {
  test(`has no back-off under ${policy}`, () => {
    const plugin = generatedPlugin({ failurePolicy: policy });
    assert.equal(plugin.failure_policy, policy);
    assert.equal("reload_config" in plugin, false);
  });
}

test("hands the configuration over as text, and as nothing where it is empty", () => {
  assert.deepEqual(generatedPlugin({ configuration: '{"a":1}' }).configuration, {
    "@type": "type.googleapis.com/google.protobuf.StringValue",
    value: '{"a":1}',
  });
  assert.equal("configuration" in generatedPlugin({ configuration: "" }), false);
});

test("hands the VM's configuration over in the same way", () => {
  assert.deepEqual(generatedPlugin({ vmConfiguration: "zone" }).vm_config.configuration, {
    "@type": "type.googleapis.com/google.protobuf.StringValue",
    value: "zone",
  });
  assert.equal("configuration" in generatedPlugin({}).vm_config, false);
});

test("states root_id and body-first handling only where they are wanted", () => {
  const without = generatedPlugin({});
  assert.equal("root_id" in without || "allow_on_headers_stop_iteration" in without, false);
  const plugin = generatedPlugin({ rootId: "second", allowOnHeadersStopIteration: true });
  assert.equal(plugin.root_id, "second");
  assert.equal(plugin.allow_on_headers_stop_iteration, true);
});

test("shows the VM the variables that it is to see, and none without", () => {
  assert.equal("environment_variables" in generatedPlugin({}).vm_config, false);
  const vm = generatedPlugin({ hostEnvironment: ["ZONE"], environment: { MODE: "1" } }).vm_config;
  assert.deepEqual(vm.environment_variables, { host_env_keys: ["ZONE"], key_values: { MODE: "1" } });
});

test("restricts the module to its list, or not at all", () => {
  const list = generatedPlugin({}).vm_config.capability_restriction_config.allowed_capabilities;
  assert.deepEqual(list, { proxy_log: {}, proxy_on_configure: {} });
  assert.equal("capability_restriction_config" in generatedPlugin({ capabilities: null }).vm_config, false);
});
