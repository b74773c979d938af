import { Bytes } from "../../abi/bytes";
import { utf8 } from "../../abi/wire";
import { CallResponse } from "../../callout/response";
import { flag, group, optionalGroup, texts } from "../../config/reader";
import { Exchange } from "../../http/exchange";
import { Headers } from "../../http/headers";
import { HttpFilter } from "../../http/filter";
import { Action } from "../../stream/action";
import { Verdicts } from "../verdicts";
import { Authority } from "./authority";
import { changeRequest, changeResponse, concernsResponse, refuse } from "./enforce";
import { Fate, fateOf } from "./ruling";
import { ErrorStatus, RequestBody } from "./settings";

/** A request that an authority is asked about. */
export class Asked extends Exchange {
  /** What the answer is kept under; null: it is not kept. */
  key: Uint8Array | null = null;
  /** Whether the authority has not answered yet. */
  waits: bool = false;
  /** What the authority wants done with the response. */
  ruling: Uint8Array | null = null;
}

/** Asks an authority about each request. Filters say which one it is, in `onConfigure`. */
export class AuthorityFilter extends HttpFilter<Asked> {
  /** Has the authority see bodies. */
  with_request_body: RequestBody | null = optionalGroup<RequestBody>(utf8("with_request_body"));
  /** Headers that the authority alone may set: what a client sends in them never gets through. */
  identity_headers: string[] = texts(utf8("identity_headers"), false);
  /** Whether requests pass while the authority does not answer. */
  failure_mode_allow: bool = flag(utf8("failure_mode_allow"));
  /** Whether such requests carry `x-envoy-auth-failure-mode-allowed: true`. */
  failure_mode_allow_header_add: bool = flag(utf8("failure_mode_allow_header_add"));
  /** What clients get while the authority does not answer. */
  status_on_error: ErrorStatus = group<ErrorStatus>(utf8("status_on_error"));
  /** Whether the route is chosen anew when the authority has changed the request. */
  clear_route_cache: bool = flag(utf8("clear_route_cache"));

  private verdicts: Verdicts = new Verdicts("ext_authz");
  private authority: Authority = changetype<Authority>(0);

  /** Says who is asked. For `onConfigure`. */
  protected use(authority: Authority): void {
    const body = this.with_request_body;
    authority.seesBodies = body !== null;
    authority.seesBytes = body !== null && body.pack_as_bytes;
    this.authority = authority;
  }

  /** The ruling that still holds for a request without a body; null: the authority has to be asked. */
  protected recall(x: Asked): Bytes | null {
    return null;
  }

  /** The authority has ruled: for those that keep it for a while. */
  protected keep(x: Asked, ruling: Bytes): void {}

  override onRequest(x: Asked): Action {
    const body = this.with_request_body;
    if (body === null || isUpgrade(x)) return this.ask(x, Bytes.view(0, 0));
    const most = <u32>body.max_request_bytes;
    return body.allow_partial_message ? x.beginningOfRequest(most) : x.wholeRequest(most);
  }

  override onWholeRequest(x: Asked, body: Bytes): Action {
    return this.ask(x, body);
  }

  /** What follows the beginning of a body waits with it. */
  override onRequestBody(x: Asked, end: bool): Action {
    return x.waits ? Action.Pause : Action.Continue;
  }

  override onRequestTrailers(x: Asked): Action {
    return x.waits ? Action.Pause : Action.Continue;
  }

  override onCallResponse(x: Asked, response: CallResponse): Action {
    x.waits = false;
    const ruling = this.authority.read(response);
    if (fateOf(ruling) == Fate.Failed) return this.fail(x);
    this.keep(x, ruling);
    return this.follow(x, ruling);
  }

  override onResponse(x: Asked): Action {
    const ruling = x.ruling;
    if (ruling !== null) changeResponse(Bytes.of(ruling));
    return Action.Continue;
  }

  private ask(x: Asked, body: Bytes): Action {
    const known = body.length == 0 ? this.recall(x) : null;
    if (known !== null) {
      this.strip(x);
      return this.follow(x, known);
    }
    const call = this.authority.ask(x, body, x.isCut);
    this.strip(x);
    x.waits = true;
    return x.send(call);
  }

  /** Takes away what the client says in the authority's place. */
  private strip(x: Asked): void {
    const headers = x.request.headers;
    if (this.failure_mode_allow_header_add) removeIfThere(headers, "x-envoy-auth-failure-mode-allowed");
    for (let i = 0; i < this.identity_headers.length; ++i) removeIfThere(headers, this.identity_headers[i]);
    this.authority.strip(headers);
  }

  private follow(x: Asked, ruling: Bytes): Action {
    if (fateOf(ruling) == Fate.Denied) {
      this.verdicts.denied("denied");
      return refuse(x, ruling);
    }
    this.verdicts.allowed();
    if (changeRequest(x, ruling, this.authority) && this.clear_route_cache) x.clearRouteCache();
    if (concernsResponse(ruling)) x.ruling = ruling.toArray();
    return Action.Continue;
  }

  private fail(x: Asked): Action {
    this.verdicts.denied("error");
    if (!this.failure_mode_allow) return x.reply(<u32>this.status_on_error.code, "", "ext_authz_error");
    this.verdicts.also("failure_mode_allowed");
    if (this.failure_mode_allow_header_add)
      x.request.headers.set("x-envoy-auth-failure-mode-allowed", "true");
    return Action.Continue;
  }
}

/** Whether the request asks for a connection of another kind, whose bytes are no body and may never end. */
function isUpgrade(x: Exchange): bool {
  return x.request.headers.has("upgrade") || x.request.headers.is(":method", "CONNECT");
}

/** To take away what is not there costs as much. */
function removeIfThere(headers: Headers, name: string): void {
  if (headers.has(name)) headers.remove(name);
}
