import {
  Action,
  Bytes,
  Exchange,
  HttpFilter,
  StringMatch,
  Verdicts,
  config,
  hasOneOwner,
  isHeaderValue,
  isOrigin,
  register,
} from "meshscript/assembly";
import { addVary, removePermissions } from "./response";

/** What the response needs to know of the request. */
class Crossing extends Exchange {
  /** The origin that may read the response; "" for none. */
  origin: string = "";
  /** Whether another origin asked, and the upstream is left to decide. */
  isUpstreams: bool = false;
  /** Whether the answer is our own, to a preflight. */
  isAnswered: bool = false;
  /** Whether the preflight is one from a public network. */
  asksForPrivate: bool = false;
}

class Cors extends HttpFilter<Crossing> {
  /** Origins whose pages may read responses: `https://app.example`. `{exact: "*"}` is any origin. */
  allow_origin_string_match: StringMatch[] = config.list<StringMatch>("allow_origin_string_match");
  /** Methods that a page may use, as `access-control-allow-methods` has them. */
  allow_methods: string = config.text("allow_methods", "");
  /** Headers that a page may send. */
  allow_headers: string = config.text("allow_headers", "");
  /** Headers of responses that a page may read. */
  expose_headers: string = config.text("expose_headers", "");
  /** How long a browser may remember the answer to a preflight: seconds in digits, `-1` for not at all. */
  max_age: string = config.text("max_age", "");
  /** Whether a page may send cookies and credentials along. */
  allow_credentials: bool = config.flag("allow_credentials");
  /** Whether pages of public networks may reach this private one. */
  allow_private_network_access: bool = config.flag("allow_private_network_access");
  /** Whether other origins are the upstream's business: it answers their preflights, and its permissions go out. */
  forward_not_matching_preflights: bool = config.flag("forward_not_matching_preflights");

  private anyOrigin: bool = false;
  private verdicts: Verdicts = new Verdicts("cors");

  override onConfigure(): void {
    const matches = this.allow_origin_string_match;
    if (matches.length == 0) config.problem("allow_origin_string_match", "must not be empty");
    const isTrusting = this.allow_credentials || this.allow_private_network_access;
    for (let i = 0; i < matches.length; ++i) {
      if (matches[i].isOnly("*")) this.anyOrigin = true;
      if (isTrusting && !hasOneOwner(matches[i], true))
        config.problem(
          "allow_origin_string_match",
          "strangers match it: too much with credentials or private networks",
          i,
        );
    }
    checkValue("allow_methods", this.allow_methods);
    checkValue("allow_headers", this.allow_headers);
    checkValue("expose_headers", this.expose_headers);
    if (!isAge(this.max_age)) config.problem("max_age", "expected seconds in digits, or -1");
  }

  override onRequest(x: Crossing): Action {
    const headers = x.request.headers;
    if (!headers.has("origin") || headers.is("origin", "")) return Action.Continue;
    const origin = headers.onlyBytes("origin");
    const allowed = origin !== null && this.allows(origin);
    if (allowed && origin !== null) x.origin = origin.toString();
    if (allowed) this.verdicts.allowed();
    else this.verdicts.denied("origin");
    x.isUpstreams = !allowed && this.forward_not_matching_preflights;
    if (x.isUpstreams || !isPreflight(x)) return Action.Continue;
    x.isAnswered = true;
    x.asksForPrivate = headers.is("access-control-request-private-network", "true");
    return x.reply(200, "", "cors_response");
  }

  /** Of the upstream and of other filters, and our own to a preflight. */
  override onResponse(x: Crossing): Action {
    const headers = x.response.headers;
    if (!this.anyOrigin) addVary(headers);
    if (x.isUpstreams) return Action.Continue;
    removePermissions(headers);
    if (this.anyOrigin) headers.set("access-control-allow-origin", "*");
    else if (x.origin == "") return Action.Continue;
    else headers.set("access-control-allow-origin", x.origin);
    if (this.allow_credentials) headers.set("access-control-allow-credentials", "true");
    if (x.isAnswered) this.permit(x);
    if (this.expose_headers != "") headers.set("access-control-expose-headers", this.expose_headers);
    return Action.Continue;
  }

  /** What is no origin as browsers send it has no permission, whatever a pattern would say; `null` only by its name. */
  private allows(origin: Bytes): bool {
    if (this.anyOrigin) return true;
    const isNull = origin.equals("null");
    if (!isNull && !isOrigin(origin)) return false;
    const matches = this.allow_origin_string_match;
    for (let i = 0; i < matches.length; ++i)
      if (isNull ? matches[i].isOnly("null") : matches[i].matches(origin)) return true;
    return false;
  }

  /** What only the answer to a preflight says. */
  private permit(x: Crossing): void {
    const headers = x.response.headers;
    if (this.allow_methods != "") headers.set("access-control-allow-methods", this.allow_methods);
    if (this.allow_headers != "") headers.set("access-control-allow-headers", this.allow_headers);
    if (this.max_age != "") headers.set("access-control-max-age", this.max_age);
    if (this.allow_private_network_access && x.asksForPrivate)
      headers.set("access-control-allow-private-network", "true");
  }
}

function isPreflight(x: Exchange): bool {
  if (x.request.method != "OPTIONS") return false;
  const method = x.request.headers.getBytes("access-control-request-method");
  return method !== null && method.length > 0;
}

function checkValue(setting: string, value: string): void {
  if (value != "" && !isHeaderValue(value)) config.problem(setting, "is no value of a header");
}

/** Empty, digits, or `-1`. */
function isAge(text: string): bool {
  if (text == "-1") return true;
  for (let i = 0; i < text.length; ++i) if (<u32>text.charCodeAt(i) - 0x30 >= 10) return false;
  return text.length < 10;
}

register<Cors>();
