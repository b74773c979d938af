import { Bytes } from "../abi/bytes";
import { utf8 } from "../abi/wire";
import { integer } from "../config/reader";
import { Exchange } from "../http/exchange";
import { Request } from "../http/message";
import { readAddress } from "./ip-address";

const COMMA: u32 = 0x2c;
const COLON: u32 = 0x3a;

/** Whose address counts as the client's. */
export class ClientAddress {
  /**
   * How many proxies in front of this one are trusted to have told the truth in `x-forwarded-for`. With 0 it is the
   * address that Envoy itself holds for the client's.
   */
  xff_num_trusted_hops: i64 = integer(utf8("xff_num_trusted_hops"), 0, 0, 64);

  /** In `onRequest`: an address without port and zone, valid until the callback returns; null where it cannot be told. */
  of(x: Exchange): Bytes | null {
    if (this.xff_num_trusted_hops == 0) return peerAddress(x);
    return forwardedBy(x.request, <i32>this.xff_num_trusted_hops);
  }
}

/**
 * What Envoy holds for the client's address, without port and zone: that of the connection, or one of `x-forwarded-for`
 * where Envoy's own `use_remote_address` or `xff_num_trusted_hops` say so. null where it is none of IP.
 */
export function peerAddress(x: Exchange): Bytes | null {
  const address = x.propertyBytes("source.address");
  return address === null ? address : addressIn(address, true);
}

/**
 * The client as the outermost of so many trusted proxies saw it. The list ends with the connection's own address, which
 * Envoy has put there where it uses that, or which counts in its place where Envoy trusts the list, so each proxy takes
 * one entry from the end. A list that is too short tells nothing: Envoy would take the address of the last proxy then. The
 * proxy makes one line of several; where it did not, it is anybody's guess which ones it would have heeded.
 */
function forwardedBy(request: Request, hops: i32): Bytes | null {
  const list = request.headers.onlyBytes("x-forwarded-for");
  if (list === null) return null;
  let end = list.length;
  for (let left = hops; left > 0; --left) {
    while (--end >= 0) if (list.at(end) == COMMA) break;
    if (end < 0) return null;
  }
  let start = end;
  while (start > 0 && list.at(start - 1) != COMMA) --start;
  return addressIn(trimmed(list, start, end), false);
}

function trimmed(list: Bytes, from: i32, to: i32): Bytes {
  let start = from;
  let end = to;
  while (start < end && isBlank(list.at(start))) ++start;
  while (end > start && isBlank(list.at(end - 1))) --end;
  return list.slice(start, end);
}

function isBlank(byte: u32): bool {
  return byte == 0x20 || byte == 0x09;
}

/** The address of `10.0.0.1:80`, `[::1]:80` and of either without a port; a zone belongs to connections only. */
function addressIn(text: Bytes, mayHaveZone: bool): Bytes | null {
  const host = text.length > 0 && text.at(0) == 0x5b ? bracketed(text) : withoutPort(text);
  if (host === null) return null;
  const zone = mayHaveZone ? host.indexOf(0x25) : -1;
  const address = zone < 0 ? host : host.slice(0, zone);
  return readAddress(address) ? address : null;
}

function bracketed(text: Bytes): Bytes | null {
  const end = text.indexOf(0x5d);
  if (end < 0 || (end + 1 < text.length && !isPort(text, end + 1))) return null;
  const host = text.slice(1, end);
  return host.indexOf(<u8>COLON) < 0 ? null : host;
}

/** An address of IPv6 without brackets has no port: it would read as a part of it. */
function withoutPort(text: Bytes): Bytes {
  const colon = text.indexOf(<u8>COLON);
  return colon >= 0 && text.indexOf(0x2e) >= 0 && isPort(text, colon) ? text.slice(0, colon) : text;
}

/** Whether a colon and one to five digits stand there, up to the end. */
function isPort(text: Bytes, from: i32): bool {
  const digits = text.length - from - 1;
  if (text.at(from) != COLON || digits < 1 || digits > 5) return false;
  for (let i = from + 1; i < text.length; ++i) if (<u32>text.at(i) - 0x30 >= 10) return false;
  return true;
}
