import { isIP } from "node:net";
import type { BootstrapOptions, Endpoint } from "./bootstrap.js";
import { http1Options, socketAddress } from "./parts.js";
import type { Tree } from "./yaml.js";

const optionsType = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

/** The one place to which connections go. */
export function tcpCluster({ upstream }: BootstrapOptions): { [key: string]: Tree } {
  return cluster("upstream", upstream);
}

/** The one place to which requests go. */
export function upstreamCluster({ upstream, http1Trailers }: BootstrapOptions): Tree {
  return httpCluster("upstream", upstream, http1Trailers);
}

/** Clusters that filters call by name. */
export function calleeClusters({ callees = {}, http1Trailers }: BootstrapOptions): Tree[] {
  return Object.entries(callees).map(([name, callee]) => httpCluster(name, callee, http1Trailers));
}

type Place = Endpoint & { protocol?: "http1" | "http2" };

function cluster(name: string, place: Endpoint): { [key: string]: Tree } {
  // A name has to be resolved; an address stands for itself.
  const isAddress = place.address === undefined || isIP(place.address) !== 0;
  return {
    name,
    type: isAddress ? "STATIC" : "STRICT_DNS",
    connect_timeout: "2s",
    load_assignment: {
      cluster_name: name,
      endpoints: [{ lb_endpoints: [{ endpoint: { address: socketAddress(place) } }] }],
    },
  };
}

function httpCluster(name: string, place: Place, trailers?: boolean): Tree {
  const { load_assignment, ...rest } = cluster(name, place);
  return {
    ...rest,
    typed_extension_protocol_options: {
      [optionsType]: {
        "@type": `type.googleapis.com/${optionsType}`,
        explicit_http_config: protocol(place.protocol ?? "http1", trailers),
      },
    },
    load_assignment,
  };
}

function protocol(name: "http1" | "http2", trailers = false): Tree {
  if (name === "http2") return { http2_protocol_options: {} };
  return { http_protocol_options: http1Options(trailers) };
}
