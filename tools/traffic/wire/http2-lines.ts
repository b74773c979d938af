import type { OutgoingHttpHeaders } from "node:http2";
import { show } from "../bytes.js";
import type { Bytes } from "../bytes.js";
import { valuesOf } from "./message.js";
import type { Line, Payload, Request } from "./message.js";

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const FORBIDDEN = new Set(["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"]);
/** Names of which Node's HTTP/2 sends one line only. */
const SINGLE = new Set(
  `access-control-allow-credentials access-control-max-age access-control-request-method age alt-svc
  authorization content-encoding content-language content-length content-location content-md5 content-range
  content-type date dnt etag expires from host http2-settings if-modified-since if-none-match if-range
  if-unmodified-since last-modified location max-forwards proxy-authorization range referer retry-after tk
  upgrade-insecure-requests user-agent x-content-type-options`.split(/\s+/),
);

/** Why Node's HTTP/2 cannot send these lines as they are; null when it can. */
export function whyNotSent(payload: Payload): string | null {
  for (const [name, value] of [...payload.lines, ...payload.trailers]) {
    const lower = name.toLowerCase();
    if (!TOKEN.test(name)) return `the HTTP/2 client cannot send the header name ${show(name)}`;
    if (FORBIDDEN.has(lower) || (lower === "te" && value !== "trailers"))
      return `HTTP/2 has no header ${lower}: ${show(value)}`;
    if (value.includes("\0")) return `the HTTP/2 client cannot send a NUL in ${lower}`;
    if (SINGLE.has(lower) && valuesOf(payload.lines, lower).length > 1)
      return `the HTTP/2 client cannot send ${lower} more than once`;
  }
  return null;
}

/** Why Node's HTTP/2 would silently not show these lines on arrival; null when it shows them all. */
export function whyNotSeen(payload: Payload): string | null {
  for (const [name, value] of [...payload.lines, ...payload.trailers]) {
    const hidden = /[\x00-\x08\x0a-\x1f\x7f]|^[ \t]|[ \t]$/.test(value);
    if (hidden) return `HTTP/2 by Node does not show the value ${show(value)} of ${name.toLowerCase()}`;
  }
  return null;
}

export function requestHeaders(request: Request): OutgoingHttpHeaders {
  return {
    ":method": request.method,
    ":path": request.path,
    ":scheme": "http",
    ":authority": valuesOf(request.lines, "host")[0] ?? "",
    ...headersOf([...request.lines.filter(([name]) => name.toLowerCase() !== "host"), ...lengthOf(request)]),
  };
}

/** Lines of one name travel together, in their order. */
export function headersOf(lines: readonly Line[]): OutgoingHttpHeaders {
  const names = [...new Set(lines.map(([name]) => name.toLowerCase()))];
  return Object.fromEntries(names.map((name) => [name, valuesOf(lines, name)]));
}

/** An announced length, where HTTP/1.1 would announce one too. */
export function lengthOf(payload: Payload): Line[] {
  const known = payload.pieces.length > 0 && !payload.chunked;
  if (!known || valuesOf(payload.lines, "content-length").length > 0) return [];
  return [["content-length", String(payload.pieces.join("").length)]];
}

export interface Arrived {
  pseudo: Record<string, Bytes>;
  lines: Line[];
}

/** Sorts the flat list of names and values that Node hands over. */
export function arrived(raw: readonly string[]): Arrived {
  const pseudo: Record<string, Bytes> = {};
  const lines: Line[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name, value] = [raw[at]!, raw[at + 1]!];
    if (name === ":authority") lines.push(["host", value]);
    else if (name.startsWith(":")) pseudo[name] = value;
    else lines.push([name, value]);
  }
  return { pseudo, lines };
}
