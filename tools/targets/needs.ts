import { sharesState } from "../envoy/capabilities.js";
import { pluginOfManifest } from "../envoy/plugin.js";
import type { BuiltLink } from "./target.js";

const defaultIdleMs = 15_000;

/** Whether it filters the bytes of connections, not requests. */
export function isTcp({ module, manifest }: BuiltLink): boolean {
  return module.kindOf(manifest.rootId) === "tcp";
}

/** Whether a stream can wait for the filter to let it go on: it does so for ever where the filter's VM has crashed. */
export function waits({ module, manifest }: BuiltLink): boolean {
  if (manifest.streamIdleTimeoutMs !== undefined) return true;
  return module.holdsHeaders || module.imports.includes("proxy_continue_stream");
}

/** Whether it calls other servers. */
export function calls({ module }: BuiltLink): boolean {
  return module.imports.some((name) => /^proxy_(http_call|grpc_call|grpc_stream)$/.test(name));
}

/** The time after which a stream on which nothing moves has to end: the longest that a filter of the chain asks for. */
export function idleMs(links: readonly BuiltLink[]): number {
  const stated = links.flatMap(({ manifest }) => manifest.streamIdleTimeoutMs ?? []);
  return stated.length > 0 ? Math.max(...stated) : defaultIdleMs;
}

/** Whether only Envoy's own form can say what the filter depends on. */
export function needsOwnForm(link: BuiltLink): boolean {
  const { manifest, module } = link;
  const { withheld, allowOnHeadersStopIteration } = pluginOfManifest(manifest, module, "");
  return allowOnHeadersStopIteration || sharesState(module) || withheld.length > 0;
}
