import type { BootstrapOptions } from "./bootstrap.js";
import { http1Options, socketAddress } from "./parts.js";
import type { Tree } from "./yaml.js";

const optionsType = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

/** The one place to which requests go. */
export function upstreamCluster({ upstream, http1Trailers }: BootstrapOptions): Tree {
  return {
    name: "upstream",
    type: "STATIC",
    connect_timeout: "2s",
    typed_extension_protocol_options: {
      [optionsType]: {
        "@type": `type.googleapis.com/${optionsType}`,
        explicit_http_config: protocol(upstream.protocol ?? "http1", http1Trailers),
      },
    },
    load_assignment: {
      cluster_name: "upstream",
      endpoints: [{ lb_endpoints: [{ endpoint: { address: socketAddress(upstream) } }] }],
    },
  };
}

function protocol(name: "http1" | "http2", trailers = false): Tree {
  if (name === "http2") return { http2_protocol_options: {} };
  return { http_protocol_options: http1Options(trailers) };
}
