import type { Words } from "../program.js";
import type { Random } from "../random.js";
import { headerRead, maps } from "./headers.js";

/** Paths whose value does not hang on time, ports or how far a body has come. */
const anytime = [
  ...[
    "request.path",
    "request.url_path",
    "request.host",
    "request.scheme",
    "request.method",
    "request.query",
  ],
  ...["request.referer", "request.useragent", "request.protocol", "request.headers.x-a"],
  ...["response.code", "response.headers.x-a", "response.headers.:status", "response.grpc_status"],
  ...["source.address", "connection.mtls", "connection.requested_server_name"],
  ...["xds.cluster_name", "xds.route_name", "xds.virtual_host_name", "xds.filter_chain_name"],
  ...["xds.listener_direction", "xds.node.id", "plugin_name", "plugin_root_id", "plugin_vm_id"],
  ...[
    "filter_state.wasm.x",
    "filter_state.x",
    "filter_state",
    "x",
    "sequence",
    "metadata",
    "nothing",
    "request",
    "",
  ],
];
/** Known for certain only when all is over. */
const inTheEnd = [
  ...["response.code_details", "response.flags", "response.size", "response.trailers.x-a"],
  ...["upstream.address", "upstream.request_attempt_count", "upstream.transport_failure_reason"],
];

export function propertyRead(random: Random, over = false): Words {
  const path = random.pick(over ? [...anytime, ...inTheEnd] : anytime);
  if (random.chance(0.1)) return ["propmap", random.pick(["request\0headers", "response\0headers"])];
  return ["prop", path.split(".").join("\0")];
}

export function propertyWrite(random: Random): Words {
  const path = random.pick(["x", "y", "request.path", "metadata.x", "x.y"]);
  return ["setprop", path.split(".").join("\0"), random.pick(["", "1", "value\xff"])];
}

/** What a filter may look at when all is over. */
export function finalLook(random: Random): Words {
  if (random.chance(0.5)) return propertyRead(random, true);
  const words = headerRead(random, random.pick(Object.values(maps)));
  // A filter that was held at a body's end makes trailers by asking for their size, however late.
  return words[0] === "size" ? ["pairs", words[1]!] : words;
}
