import { isIP } from "node:net";
import { toBytes } from "../bytes.js";
import { fields, type Property } from "../properties/tree.js";

/** Makes an object of a byte string; null: the text is none. A property is undefined where the object shows nothing. */
type Create = (text: string) => { property: Property } | null;

const plain: Create = (text) => ({ property: toBytes(text) });
const hidden: Create = () => ({ property: undefined });
const refused: Create = () => null;

const flag: Create = (text) => {
  if (/^(true|t|yes|y|1)$/i.test(text)) return plain("true");
  return /^(false|f|no|n|0)$/i.test(text) ? plain("false") : null;
};

const lenientFlag: Create = (text) => flag(text) ?? plain("false");

const number =
  (bits: number): Create =>
  (text) =>
    /^\d{1,20}$/.test(text) && BigInt(text) < 1n << BigInt(bits) ? plain(BigInt(text).toString()) : null;

const address: Create = (text) => {
  const [, v6, v4, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  const ip = v6 ?? v4;
  if (!ip || isIP(ip) !== (v6 ? 6 : 4) || Number(port) > 65535) return null;
  const parts = fields({ ip: () => ip, port: () => BigInt(port!) }, () => new Uint8Array(4));
  return { property: parts };
};

const ip: Create = (text) => {
  const version = isIP(text);
  return version === 0 ? null : plain(version === 6 ? `[${text}]:0` : `${text}:0`);
};

const proxyInfo: Create = (text) => {
  const [, proxy] = text.split(",", 2);
  return proxy && address(proxy) ? { property: undefined } : null;
};

/** The kinds that Envoy 1.40 knows, by name. */
export const stateObjects: ReadonlyMap<string, Create> = new Map([
  ["envoy.ai.llm_protocol.request", refused],
  ["envoy.ai.model.request", plain],
  ["envoy.bool", flag],
  ["envoy.filters.listener.original_dst.local_ip", address],
  ["envoy.filters.listener.original_dst.remote_ip", address],
  ["envoy.hashable_string", plain],
  ["envoy.network.application_protocols", hidden],
  ["envoy.network.ip", ip],
  ["envoy.network.network_namespace", plain],
  ["envoy.network.transport_socket.http_11_proxy.info", proxyInfo],
  ["envoy.network.transport_socket.original_dst_address", address],
  ["envoy.network.upstream_server_name", plain],
  ["envoy.network.upstream_subject_alt_names", plain],
  ["envoy.ratelimit.hits_addend", number(32)],
  ["envoy.router.debug_config", hidden],
  ["envoy.string", plain],
  ["envoy.tcp_proxy.cluster", plain],
  ["envoy.tcp_proxy.disable_tunneling", lenientFlag],
  ["envoy.tcp_proxy.per_connection_idle_timeout_ms", number(64)],
  ["envoy.upstream.dynamic_host", plain],
  ["envoy.upstream.dynamic_port", number(32)],
]);
