import { Bytes } from "../abi/bytes";
import { StringMatch } from "./string-match";

/**
 * Host and port of a URL such as browsers write in `origin` and `referer`, null where there is any doubt: without
 * `scheme://`, with a user in front of the host, or with a byte that no host has. The view is on the URL's bytes.
 */
export function authorityOf(url: Bytes): Bytes | null {
  const start = authorityStart(url);
  if (start < 0) return null;
  let end = start;
  while (end < url.length && isOfHost(url.at(end))) ++end;
  const endsThere = end == url.length || isBehindHost(url.at(end));
  return end > start && endsThere ? url.slice(start, end) : null;
}

/** Whether this is an origin as browsers send it (RFC 6454 section 6.2) other than `null`: one, and nothing behind it. */
export function isOrigin(value: Bytes): bool {
  const authority = authorityOf(value);
  return authority !== null && authority.pointer + authority.length == value.pointer + value.length;
}

/**
 * Whether only origins of one owner match: a pattern that leaves the host open matches a stranger's host as well
 * (`https://app.example.evil.example`), and any page can have the origin `null` or, written `*`, all of them. What is
 * matched is a whole origin, or only its host and port.
 */
export function hasOneOwner(match: StringMatch, isWhole: bool): bool {
  if (match.suffix != "") return bindsEnd(Bytes.ofText(match.suffix));
  if (match.prefix != "") return bindsStart(Bytes.ofText(match.prefix), isWhole);
  return match.contains == "" && !match.isOnly("null") && !match.isOnly("*");
}

/** `.app.example` and `://app.example`, not `app.example`, which ends `notapp.example` as well. */
function bindsEnd(suffix: Bytes): bool {
  return (
    (suffix.length > 1 && suffix.at(0) == 0x2e) ||
    authorityStart(suffix) > 0 ||
    (suffix.length > 3 && suffix.startsWith("://"))
  );
}

/** `https://app.example:` of which the port alone is open. */
function bindsStart(prefix: Bytes, isWhole: bool): bool {
  const start = isWhole ? authorityStart(prefix) : 0;
  if (start < 0) return false;
  let colon = prefix.length - 1;
  while (colon > start && prefix.at(colon) != 0x3a) --colon;
  if (colon <= start || !isPort(prefix, colon + 1)) return false;
  return prefix.at(start) != 0x5b || prefix.at(colon - 1) == 0x5d;
}

function isPort(text: Bytes, from: i32): bool {
  for (let i = from; i < text.length; ++i) if (<u32>text.at(i) - 0x30 >= 10) return false;
  return true;
}

/** Where the authority begins, behind `scheme://`; -1 where there is no such beginning. */
function authorityStart(url: Bytes): i32 {
  let end = 0;
  while (end < url.length && isOfScheme(url.at(end))) ++end;
  if (end == 0 || end + 2 >= url.length || !isLetter(url.at(0))) return -1;
  return url.at(end) == 0x3a && url.at(end + 1) == 0x2f && url.at(end + 2) == 0x2f ? end + 3 : -1;
}

function isOfScheme(byte: u32): bool {
  return isLetter(byte) || byte - 0x30 < 10 || byte == 0x2b || byte == 0x2d || byte == 0x2e;
}

/** Letters, digits, `-`, `.`, `_`, and of ports and IPv6 `:`, `[`, `]`. */
function isOfHost(byte: u32): bool {
  const isPlain = isLetter(byte) || byte - 0x30 <= 10 || byte == 0x2d || byte == 0x2e;
  return isPlain || byte == 0x5f || byte == 0x5b || byte == 0x5d;
}

function isBehindHost(byte: u32): bool {
  return byte == 0x2f || byte == 0x3f || byte == 0x23;
}

function isLetter(byte: u32): bool {
  return (byte | 0x20) - 0x61 < 26;
}
