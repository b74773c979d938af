import { Bytes, BytesBuilder, Request, inLowerCase } from "meshscript/assembly";

// What of a request's target is signed (RFC 9421, section 2.2).

const QUESTION: u8 = 0x3f;

/** The value of a component whose name begins with `@`; null where it is unknown or is not there. */
export function targetPart(request: Request, name: Bytes): Bytes | null {
  if (name.equals("@method")) return request.headers.onlyBytes(":method");
  if (name.equals("@scheme")) return schemeOf(request);
  if (name.equals("@authority")) return authorityOf(request);
  const target = request.headers.onlyBytes(":path");
  if (target === null || name.equals("@request-target")) return target;
  const query = queryStart(target);
  if (name.equals("@path")) return query == 0 ? Bytes.ofText("/") : target.slice(0, query);
  if (name.equals("@query")) return query == target.length ? Bytes.ofText("?") : target.slice(query);
  return name.equals("@target-uri") ? uriOf(request, target) : null;
}

/** What stands behind the question mark. */
export function queryOf(request: Request): Bytes {
  const target = request.headers.onlyBytes(":path");
  return target === null ? Bytes.ofText("") : target.slice(queryStart(target) + 1);
}

/** Where the query begins, with its question mark; the end where there is none. */
function queryStart(target: Bytes): i32 {
  const at = target.indexOf(QUESTION);
  return at < 0 ? target.length : at;
}

function uriOf(request: Request, target: Bytes): Bytes | null {
  const scheme = schemeOf(request);
  const authority = authorityOf(request);
  if (scheme === null || authority === null) return null;
  return BytesBuilder.begin().add(scheme).addText("://").add(authority).add(target).bytes;
}

function schemeOf(request: Request): Bytes | null {
  const scheme = request.headers.onlyBytes(":scheme");
  return scheme === null ? null : inLowerCase(scheme);
}

/** In lower case, without the scheme's own port. */
function authorityOf(request: Request): Bytes | null {
  const written = request.headers.onlyBytes(":authority");
  const scheme = schemeOf(request);
  if (written === null || scheme === null) return null;
  const host = inLowerCase(written);
  const port = scheme.equals("https") ? ":443" : ":80";
  const end = host.length - port.length;
  return end > 0 && host.slice(end).equals(port) ? host.slice(0, end) : host;
}
