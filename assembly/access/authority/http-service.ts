import { Bytes } from "../../abi/bytes";
import { utf8 } from "../../abi/wire";
import { AnyCall } from "../../callout/any-call";
import { Call } from "../../callout/call";
import { Outcome } from "../../callout/outcome";
import { CallResponse } from "../../callout/response";
import { group, list, text } from "../../config/reader";
import { problem } from "../../config/scope";
import { Exchange } from "../../http/exchange";
import { Headers } from "../../http/headers";
import { Authority, isHop } from "./authority";
import { Fate, Order, Ruling } from "./ruling";
import { HeaderNames, NamedValue, checkHeaders, milliseconds } from "./settings";

/** Most bytes of a refusal's body that go on to the client. */
const MOST_OF_A_BODY: i32 = 65_536;

/** Where an authority is. */
export class ServerUri {
  /** URL of the authority, for the reader: the cluster says where it is. */
  uri: string = text(utf8("uri"), "");
  /** Cluster to call. */
  cluster: string = text(utf8("cluster"));
  /** How long the authority may take to answer, up to `10s`. */
  timeout: string = text(utf8("timeout"), "0.2s");
}

/** What an authority is sent beside the client's headers. */
export class AuthorizationRequest {
  /** Headers of each question, in place of the client's. */
  headers_to_add: NamedValue[] = list<NamedValue>(utf8("headers_to_add"), false);
}

/** What becomes of the headers of an answer. */
export class AuthorizationResponse {
  /** Those that the upstream gets. What a client sends in them never gets through. */
  allowed_upstream_headers: HeaderNames = group<HeaderNames>(utf8("allowed_upstream_headers"));
  /** Those that the upstream gets beside what a client sends in them. */
  allowed_upstream_headers_to_append: HeaderNames = group<HeaderNames>(
    utf8("allowed_upstream_headers_to_append"),
  );
  /** Those of a refusal that the client gets, beside `location` and `www-authenticate`; all when there are no patterns. */
  allowed_client_headers: HeaderNames = group<HeaderNames>(utf8("allowed_client_headers"));
  /** Those that are added to the response of a request that passes. */
  allowed_client_headers_on_success: HeaderNames = group<HeaderNames>(
    utf8("allowed_client_headers_on_success"),
  );
}

/** An authority that is sent a request like the client's, and answers by its status: 200 allows. */
export class HttpService extends Authority {
  /** Where the authority is. */
  server_uri: ServerUri = group<ServerUri>(utf8("server_uri"));
  /** What is put in front of the path. */
  path_prefix: string = text(utf8("path_prefix"), "");
  /** What is sent beside the client's headers. */
  authorization_request: AuthorizationRequest = group<AuthorizationRequest>(utf8("authorization_request"));
  /** What becomes of the headers of an answer. */
  authorization_response: AuthorizationResponse = group<AuthorizationResponse>(
    utf8("authorization_response"),
  );

  /** Which of the client's headers it may see. Set by the filter. */
  allowed: HeaderNames = changetype<HeaderNames>(0);
  disallowed: HeaderNames = changetype<HeaderNames>(0);

  constructor() {
    super();
    this.within = milliseconds(utf8("server_uri.timeout"), this.server_uri.timeout, 10);
    if (this.path_prefix != "" && this.path_prefix.charCodeAt(0) != 0x2f)
      problem(utf8("path_prefix"), -1, utf8("must begin with /"));
    checkHeaders(utf8("authorization_request.headers_to_add"), this.authorization_request.headers_to_add);
  }

  sends(name: Bytes): bool {
    if (name.startsWith(":")) return true;
    return !this.disallowed.hold(name) && (name.equals("authorization") || this.allowed.hold(name));
  }

  override strip(headers: Headers): void {
    const own = this.authorization_response.allowed_upstream_headers;
    const lines = headers.entries();
    while (lines.next()) {
      const name = lines.nameBytes;
      if (own.hold(name) && !isHop(name) && !name.startsWith("x-envoy-")) headers.remove(name.toString());
    }
  }

  ask(x: Exchange, body: Bytes, isPartial: bool): AnyCall {
    const headers = x.request.headers;
    const path = this.path_prefix + textOf(headers.getBytes(":path"));
    const call = new Call(this.server_uri.cluster, textOf(headers.getBytes(":method")), path);
    call.within(this.within);
    call.authority(textOf(headers.getBytes(":authority")));
    const added = this.authorization_request.headers_to_add;
    const lines = headers.entries();
    while (lines.next()) {
      const name = lines.nameBytes;
      if (!isHop(name) && this.sends(name) && !isAmong(added, name))
        call.header(name.toString(), lines.valueBytes.toString());
    }
    for (let i = 0; i < added.length; ++i) call.header(added[i].key, added[i].value);
    if (body.length == 0) return call;
    return call.header("x-envoy-auth-partial-body", isPartial ? "true" : "false").bodyBytes(body);
  }

  read(response: CallResponse): Bytes {
    const status = response.outcome == Outcome.Answered ? response.status : 0;
    const isAllowed = status == 200;
    const ruling = Ruling.begin();
    const lines = response.headers.entries();
    while (lines.next()) {
      const name = lines.nameBytes;
      if (isAllowed && name.equals("x-envoy-auth-headers-to-remove")) removeEach(ruling, lines.valueBytes);
      if (isHop(name) || name.startsWith("x-envoy-")) continue;
      if (isAllowed) this.take(ruling, name, lines.valueBytes);
      else if (this.isForClient(name)) ruling.field(Order.Add, name, lines.valueBytes);
    }
    if (isAllowed) return ruling.end(Fate.Allowed);
    if (response.bodyLength > 0 && response.bodyLength <= MOST_OF_A_BODY)
      ruling.put(Order.Body, Bytes.view(0, 0), response.body);
    return ruling.end(status < 200 || status >= 500 ? Fate.Failed : Fate.Denied, status);
  }

  private take(ruling: Ruling, name: Bytes, value: Bytes): void {
    const rules = this.authorization_response;
    if (rules.allowed_upstream_headers.hold(name)) ruling.field(Order.Set, name, value);
    else if (rules.allowed_upstream_headers_to_append.hold(name)) ruling.field(Order.Add, name, value);
    if (rules.allowed_client_headers_on_success.hold(name)) ruling.field(Order.RespondAdd, name, value);
  }

  private isForClient(name: Bytes): bool {
    const chosen = this.authorization_response.allowed_client_headers;
    return chosen.isEmpty || name.equals("www-authenticate") || name.equals("location") || chosen.hold(name);
  }
}

function isAmong(values: NamedValue[], name: Bytes): bool {
  for (let i = 0; i < values.length; ++i) if (name.equals(values[i].key)) return true;
  return false;
}

function textOf(bytes: Bytes | null): string {
  return bytes === null ? "" : bytes.toString();
}

/** Names with commas between them. */
function removeEach(ruling: Ruling, names: Bytes): void {
  for (let from = 0; from < names.length; ) {
    const comma = names.indexOf(0x2c, from);
    let end = comma < 0 ? names.length : comma;
    const next = end + 1;
    while (from < end && names.at(from) == 0x20) ++from;
    while (end > from && names.at(end - 1) == 0x20) --end;
    const name = names.slice(from, end);
    if (end > from && !isHop(name)) ruling.field(Order.Remove, name, Bytes.view(0, 0));
    from = next;
  }
}
