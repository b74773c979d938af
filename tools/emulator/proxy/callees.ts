import type { CalleeAddress, HostSetup } from "../../traffic/host.js";
import type { Callees } from "../callouts/callee.js";
import { http1Upstream } from "./http1-upstream.js";
import { http2Upstream } from "./http2-upstream.js";
import type { Upstream } from "./upstream.js";

/** The clusters that filters may call, over real sockets: the callees, and the upstream itself. */
export function openCallees({ callees, upstream }: HostSetup): { find: Callees; close(): void } {
  const addresses = Object.entries<CalleeAddress>({ upstream, ...callees });
  const clusters = new Map(addresses.map(([name, address]) => [name, open(address)]));
  return {
    find: (cluster) => clusters.get(cluster) ?? null,
    close: () => clusters.forEach((callee) => callee.close()),
  };
}

function open({ address, port, protocol }: CalleeAddress): Upstream {
  return protocol === "http2" ? http2Upstream(port, address) : http1Upstream(port, address);
}
