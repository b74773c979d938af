import type { BootstrapOptions } from "../envoy/bootstrap.js";

const anywhere = "0.0.0.0";

/**
 * The same bootstrap for a container: reachable from outside it, so that ports can be published, and with the upstream
 * of `compose.yaml` unless another is named.
 */
export function inContainer(
  options: BootstrapOptions,
  upstream: BootstrapOptions["upstream"] = { address: "echo", port: 8080 },
): BootstrapOptions {
  return {
    ...options,
    listen: { port: 10000, address: anywhere },
    admin: { port: 9901, address: anywhere },
    upstream: { ...options.upstream, ...upstream },
  };
}
