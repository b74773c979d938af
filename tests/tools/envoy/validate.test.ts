import assert from "node:assert/strict";
import { basename, dirname } from "node:path";
import { test } from "node:test";
import { generateBootstrap, type BootstrapOptions } from "../../../tools/envoy/bootstrap.js";
import { needEnvoy } from "../../../tools/envoy/find.js";
import { pluginOfInstance, type Plugin } from "../../../tools/envoy/plugin.js";
import { validate } from "../../../tools/envoy/validate.js";
import { optionsWith } from "./support/plugins.js";
import { rawModule, refusing, unlinkable } from "./support/raw-module.js";
import { instance, temporaryFolder } from "./support/setup.js";

const folder = temporaryFolder();
const { path: envoy } = await needEnvoy();
const accepting = await rawModule(folder, "accepting", "");
const secret = '{"keys":["k-alice"],"header":"x-key"}';

const everyOption: Partial<BootstrapOptions> = {
  admin: { port: 0 },
  listen: { port: 0, address: "0.0.0.0" },
  upstream: { port: 9000, address: "127.0.0.1", protocol: "http2" },
  streamIdleTimeoutMs: 250,
  routeTimeoutMs: 1,
  http1Trailers: true,
};

const everySetting: Partial<Plugin> = {
  rootId: "second",
  configuration: secret,
  hostEnvironment: ["HOME", "NOT_SET_ANYWHERE"],
  environment: { MODE: "yes" },
  failurePolicy: "FAIL_OPEN",
  allowOnHeadersStopIteration: true,
};

test("Envoy takes the shortest configuration", async () => {
  assert.deepEqual(await validated(accepting), { valid: true });
});

test("Envoy takes each option and setting", async () => {
  assert.deepEqual(await validated(accepting, everySetting, everyOption), { valid: true });
});

test("Envoy takes a module's path that is relative to the folder it starts in", async () => {
  assert.deepEqual(await validated(accepting, { wasmPath: basename(accepting) }), { valid: true });
});

test("a filter's refusal lists its problems", async () => {
  const result = await validated(await rawModule(folder, "refusing", refusing), { configuration: secret });
  assert.ok(!result.valid);
  assert.equal(result.refused, true);
  assert.deepEqual(result.problems, ["keys: required", "extra: unknown setting"]);
});

test("a crash while configured is told in the module's own words", async () => {
  const body =
    'export function proxy_on_configure(r: i32, n: i32): i32 { say(5, "abort: here"); unreachable(); return 1; }';
  const result = await validated(await rawModule(folder, "crashing", body));
  assert.ok(!result.valid);
  assert.equal(result.refused, true);
  assert.equal(result.reason, "abort: here");
});

test("a module that cannot be linked is told by the function it misses", async () => {
  const result = await validated(await rawModule(folder, "unlinkable", unlinkable));
  assert.ok(!result.valid);
  assert.equal(result.reason, "Failed to load Wasm module due to a missing import: env.proxy_nope");
  assert.equal(result.refused, false);
});

test("Envoy's own error gives its reason, and hides the secrets of the configuration it quotes", async () => {
  const broken = bootstrapOf(accepting, { configuration: secret }).replace(
    "stat_prefix: http",
    'stat_prefix: ""',
  );
  const result = await validate(envoy, broken);
  assert.ok(!result.valid);
  assert.match(
    result.reason,
    /^Proto constraint validation failed \(.*StatPrefix: value length must be at least 1/,
  );
  assert.match(result.details.join("\n"), /value: "\[redacted\]"/);
  assert.doesNotMatch(JSON.stringify(result), /k-alice/);
});

test("an unknown type hides the secrets of the JSON that Envoy prints", async () => {
  const broken = bootstrapOf(accepting, { configuration: secret }).replace("v3.Wasm", "v3.Wasn");
  const result = await validate(envoy, broken);
  assert.ok(!result.valid);
  assert.match(result.reason, /could not find @type .*v3\.Wasn'\)$/);
  assert.doesNotMatch(JSON.stringify(result), /k-alice/);
});

function bootstrapOf(
  wasm: string,
  settings: Partial<Plugin> = {},
  options: Partial<BootstrapOptions> = {},
): string {
  const plugin = { ...pluginOfInstance(instance(wasm), wasm), ...settings };
  return generateBootstrap(optionsWith({ ...options, chain: [plugin] }));
}

function validated(...given: Parameters<typeof bootstrapOf>) {
  const speaker = { name: "raw", rootId: "", vmId: pluginOfInstance(instance(given[0]), given[0]).vmId };
  return validate(envoy, bootstrapOf(...given), [speaker], dirname(given[0]));
}
