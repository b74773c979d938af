import { parse } from "yaml";
import { generateBootstrap, type BootstrapOptions } from "../../../../tools/envoy/bootstrap.js";
import type { Plugin } from "../../../../tools/envoy/plugin.js";

export const plain: Plugin = {
  name: "plain",
  rootId: "",
  kind: "http",
  vmId: "plain-0123456789ab",
  wasmPath: "build/plain.wasm",
  configuration: "",
  vmConfiguration: "",
  metricTags: [],
  hostEnvironment: [],
  environment: {},
  failurePolicy: "FAIL_RELOAD",
  streamIdleTimeoutMs: undefined,
  allowOnHeadersStopIteration: false,
  capabilities: ["proxy_log", "proxy_on_configure"],
  ceiling: null,
  withheld: [],
};

export function optionsWith(changes: Partial<BootstrapOptions> = {}): BootstrapOptions {
  return { chain: [plain], listen: { port: 10000 }, upstream: { port: 9000 }, ...changes };
}

/** The parts of a generated bootstrap that tests look at, read back from its text. */
export function generated(changes: Partial<BootstrapOptions> = {}) {
  const bootstrap = parse(generateBootstrap(optionsWith(changes)));
  const [listener] = bootstrap.static_resources.listeners;
  const manager = listener.filter_chains[0].filters[0].typed_config;
  const [cluster] = bootstrap.static_resources.clusters;
  return { bootstrap, listener, manager, cluster };
}

/** The plugin configuration that Envoy is given for one plugin. */
export function generatedPlugin(changes: Partial<Plugin>) {
  return generated({ chain: [{ ...plain, ...changes }] }).manager.http_filters[0].typed_config.config;
}
