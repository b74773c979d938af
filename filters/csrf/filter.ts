import {
  Action,
  Bytes,
  Exchange,
  HttpFilter,
  Refusal,
  StringMatch,
  Verdicts,
  authorityOf,
  config,
  hasOneOwner,
  isOrigin,
  register,
} from "meshscript/assembly";

class Csrf extends HttpFilter {
  /** Further origins, as host and port, whose pages may change something here; the request's own host always may. */
  additional_origins: StringMatch[] = config.list<StringMatch>("additional_origins", false);
  /** Counts what would be refused, and refuses nothing. */
  shadow: bool = config.flag("shadow");
  /** What a refused client gets. */
  refusal: Refusal = config.group<Refusal>("refusal");

  private verdicts: Verdicts = new Verdicts("csrf");

  override onConfigure(): void {
    for (let i = 0; i < this.additional_origins.length; ++i)
      if (!hasOneOwner(this.additional_origins[i], false))
        config.problem(
          "additional_origins",
          "strangers match it: write exact, .suffix, or prefix up to the port",
          i,
        );
  }

  override onRequest(x: Exchange): Action {
    if (isSafe(x.request.method)) return Action.Continue;
    const reason = this.objection(x);
    if (reason == "") {
      this.verdicts.allowed();
      return Action.Continue;
    }
    this.verdicts.denied(reason);
    if (this.shadow) return Action.Continue;
    return this.refusal.answer(x, 403, "Invalid origin", "csrf_origin_mismatch");
  }

  /** Why the request is not believed; "" where it is. */
  private objection(x: Exchange): string {
    const headers = x.request.headers;
    if (!headers.has("origin") && !headers.has("referer")) return "missing_source_origin";
    const source = sourceOf(x);
    if (source === null) return "odd_source_origin";
    const target = headers.onlyBytes(":authority");
    if (target !== null && areSame(source, target)) return "";
    for (let i = 0; i < this.additional_origins.length; ++i)
      if (this.additional_origins[i].matches(source)) return "";
    return "origin_mismatch";
  }
}

/** Methods that by their definition change nothing (RFC 9110 section 9.2.1), and the one that opens a tunnel. */
function isSafe(method: string): bool {
  return (
    method == "GET" || method == "HEAD" || method == "OPTIONS" || method == "TRACE" || method == "CONNECT"
  );
}

/**
 * Host and port of the page that the request comes from: browsers send `origin`, old ones `referer` only. Null where one
 * stands there twice or is no such thing; `null`, which any page can be, is none either.
 */
function sourceOf(x: Exchange): Bytes | null {
  const headers = x.request.headers;
  if (headers.has("origin")) {
    const origin = headers.onlyBytes("origin");
    return origin !== null && isOrigin(origin) ? authorityOf(origin) : null;
  }
  const referer = headers.onlyBytes("referer");
  return referer === null ? referer : authorityOf(referer);
}

function areSame(one: Bytes, other: Bytes): bool {
  return one.length == other.length && memory.compare(one.pointer, other.pointer, one.length) == 0;
}

register<Csrf>();
