import type { Header, StreamInfo } from "../types.js";
import { normalisePath } from "./path.js";

/** A request as it came from a client. */
export interface Arrival {
  protocol: NonNullable<StreamInfo["protocol"]>;
  method: string;
  scheme: string;
  /** What stands where the path should be. */
  target: string;
  authority: string | undefined;
  /** Names of the pseudo headers, in the order in which filters see them. */
  pseudo: string[];
  /** Without pseudo headers and host. */
  headers: Header[];
}

/** Why a request goes no further; it is answered before any filter sees it. */
export interface Rejection {
  status: number;
  /** %RESPONSE_CODE_DETAILS%. */
  details: string;
  /** The codec objects: HTTP/1.1 shows the status in words, HTTP/2 resets the stream. */
  malformed?: string;
  /** HTTP/1.1: the connection lives on. */
  keep?: boolean;
}

const mostHeaders = 100;

/** Judges a request as the generated configuration has Envoy judge it. Null: welcome. */
export function judge(arrival: Arrival): Rejection | null {
  return malformation(arrival) ?? misdirection(arrival);
}

function malformation({ target, authority, headers, scheme, protocol, pseudo }: Arrival): Rejection | null {
  const overHttp1 = protocol === "HTTP/1.1";
  if (headers.some(([name]) => name.includes("_"))) return bad("http1.unexpected_underscore");
  if (headers.some(([, value]) => /[\0-\x08\x0a-\x1f\x7f]/.test(value)))
    return bad("http1.invalid_characters");
  const legible = overHttp1 ? /^[\x21-\x7e]*$/ : /^[\x21-\x7e\x80-\xff]*$/;
  if (!legible.test(target)) return bad("http1.codec_error");
  // HTTP/2 counts its pseudo headers, HTTP/1.1 the host.
  const others = overHttp1 ? Number(authority !== undefined) : pseudo.length;
  if (headers.length + others > mostHeaders) return tooMany;
  if (authority !== undefined && /[\s/\\@]/.test(authority)) return bad("http.invalid_authority");
  if (!overHttp1 || authority === undefined) return null;
  if (scheme !== "http") return bad("http1.https_url_on_plaintext_connection", 403, "Forbidden");
  return target.startsWith("/") || target === "*" ? null : bad("http1.codec_error");
}

function misdirection({ target, authority, headers, method, protocol }: Arrival): Rejection | null {
  if (authority === undefined || namesHost(headers)) return { status: 400, details: "missing_host_header" };
  if (target === "*" && method === "OPTIONS") {
    return { status: 404, details: "absolute_path_rejected", keep: true };
  }
  if (target === "*") return bad("http1.codec_error");
  if (normalisePath(target) === null) return { status: 400, details: "path_normalization_failed" };
  return protocol === "HTTP/1.1" && wantsUpgrade(headers) ? { status: 403, details: "upgrade_failed" } : null;
}

const tooMany = bad("http1.too_many_headers", 431, "Request Header Fields Too Large");

function bad(details: string, status = 400, malformed = "Bad Request"): Rejection {
  return { status, details, malformed };
}

/** A client that declares the host a header of this hop would have it removed. */
function namesHost(headers: readonly Header[]): boolean {
  return nominated(headers).some((name) => name === "host" || name.startsWith(":"));
}

function wantsUpgrade(headers: readonly Header[]): boolean {
  return headers.some(([name]) => name === "upgrade") && nominated(headers).includes("upgrade");
}

/** The headers that `connection` declares to be of this hop only. */
export function nominated(headers: readonly Header[]): string[] {
  const lists = headers.filter(([name]) => name === "connection").map(([, value]) => value);
  return lists.flatMap((list) => list.toLowerCase().split(",")).map((name) => name.trim());
}
