import assert from "node:assert/strict";
import { test } from "node:test";
import { generateBootstrap } from "../../../tools/envoy/bootstrap.js";
import { generatedPlugin, optionsWith, plain } from "./support/plugins.js";

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

/** Names, ceiling, what the YAML says of them. */
const views: Record<string, [names: string[], ceiling: string[] | null, view: string[]]> = {
  "a filter without a ceiling": [
    [
      "environ_get",
      "proxy_get_header_map_value",
      "proxy_log",
      "proxy_on_configure",
      "proxy_on_request_headers",
    ],
    null,
    [
      "# Least privilege: what the module imports, and the callbacks it is called through.",
      "# headers: may read and change headers",
      "proxy_get_header_map_value",
      "proxy_on_request_headers",
      "# log: may write to the log",
      "proxy_log",
      "# environment: may read the environment that Envoy's configuration lets through",
      "environ_get",
      "# configuration: may read its configuration, and what a callback hands over",
      "proxy_on_configure",
    ],
  ],
  "a filter with a ceiling": [
    ["proxy_get_current_time_nanoseconds", "proxy_http_call", "proxy_log", "proxy_mystery"],
    ["calls", "headers"],
    [
      "# Least privilege: what the module imports, and the callbacks it is called through.",
      "# Its manifest allows no more than: calls, headers.",
      "# log: may write to the log (the library's own use alone)",
      "proxy_log",
      "# clock: may tell the time (taken along)",
      "proxy_get_current_time_nanoseconds",
      "# calls: may make HTTP calls",
      "proxy_http_call",
      "# unknown to meshscript",
      "proxy_mystery",
    ],
  ],
  "a ceiling of nothing": [
    ["proxy_on_configure"],
    [],
    [
      "# Least privilege: what the module imports, and the callbacks it is called through.",
      "# Its manifest allows no more than: nothing.",
      "# configuration: may read its configuration, and what a callback hands over",
      "proxy_on_configure",
    ],
  ],
};

for (const [what, [capabilities, ceiling, view]] of Object.entries(views)) {
  test(`the YAML lists by group what a filter may do: ${what}`, () => {
    const text = generateBootstrap(optionsWith({ chain: [{ ...plain, capabilities, ceiling }] }));
    const lines = text.split("\n").map((line) => line.trim().replace(": {}", ""));
    const from = lines.findIndex((line) => line.startsWith("# Least privilege"));
    const seen = lines
      .slice(from)
      .filter((line) => !/^(capability_restriction_config|allowed_capabilities):/.test(line));
    assert.deepEqual(seen.slice(0, view.length), view);
  });
}
