import {
  Action,
  Bytes,
  CallResponse,
  Exchange,
  Forwarding,
  HttpFilter,
  Refusal,
  Request,
  Verdicts,
  clock,
  config,
  normalPath,
  plugin,
  register,
  vm,
} from "meshscript/assembly";
import { Fault, reasonOf, wordsFor } from "./fault";
import { Provider } from "./provider";
import { Rule } from "./requirement";

class Jwt extends HttpFilter {
  /** Whoever issues tokens. */
  providers: Provider[] = config.list<Provider>("providers");
  /** What requests have to carry: the first rule that matches counts. A request that none matches passes. Without rules each request has to carry a good token of any provider. */
  rules: Rule[] = config.list<Rule>("rules", false);
  /** Whether CORS preflight requests pass: browsers send them without credentials. */
  bypass_cors_preflight: bool = config.flag("bypass_cors_preflight");
  /** The protected space that challenges name. */
  realm: string = config.text("realm", "");
  /** What requests get whose provider has no keys yet: `UNAVAILABLE` is 503, `UNAUTHORIZED` 401. */
  without_keys: string = config.choice("without_keys", ["UNAVAILABLE", "UNAUTHORIZED"], "UNAVAILABLE");
  /** What a refused client gets. */
  refusal: Refusal = config.group<Refusal>("refusal");

  private verdicts: Verdicts = new Verdicts("jwt");
  /** Headers that nobody but this filter sets. */
  private own: Forwarding[] = [];
  private challenge: string = "Bearer" + (this.realm == "" ? "" : ' realm="' + this.realm + '"');
  private separator: string = this.realm == "" ? " " : ", ";
  private looksAtPaths: bool = false;

  override onConfigure(): void {
    if (this.providers.length == 0) config.problem("providers", "must not be empty");
    for (let i = 0; i < this.realm.length; ++i) {
      const letter = this.realm.charCodeAt(i);
      if (letter < 0x20 || letter > 0x7e || letter == 0x22 || letter == 0x5c)
        config.problem("realm", "must be printable ASCII without quotes and backslashes");
    }
    for (let i = 0; i < this.providers.length; ++i) this.takeProvider(i);
    for (let i = 0; i < this.rules.length; ++i) {
      const rule = this.rules[i];
      const requires = rule.requires;
      const unknown = requires === null ? "" : requires.bind(this.providers);
      if (unknown != "") config.problem("rules", "no provider is called " + unknown, i);
      this.looksAtPaths = this.looksAtPaths || rule.match.isGiven;
    }
    this.startFetching();
  }

  override onTick(): void {
    const now = <i64>clock.milliseconds();
    for (let i = 0; i < this.providers.length; ++i) this.fetchFor(this.providers[i], now);
  }

  override onFetched(response: CallResponse): void {
    const now = clock.nanoseconds();
    for (let i = 0; i < this.providers.length; ++i) {
      const remote = this.providers[i].remote_jwks;
      if (remote !== null && remote.take(response, now)) return;
    }
  }

  override onRequest(x: Exchange): Action {
    // Several are going to be read: all at once costs what a single one does.
    x.request.headers.entries();
    for (let i = 0; i < this.providers.length; ++i) this.providers[i].isAccepted = false;
    const fault = this.bypass_cors_preflight && isPreflight(x.request) ? Fault.None : this.judge(x);
    if (fault != Fault.None) return this.refuse(x, fault);
    for (let i = 0; i < this.own.length; ++i) this.own[i].clear(x);
    for (let i = 0; i < this.providers.length; ++i)
      if (this.providers[i].isAccepted) this.providers[i].admit(x);
    this.verdicts.allowed();
    return Action.Continue;
  }

  private judge(x: Exchange): Fault {
    const path = this.looksAtPaths ? normalPath(x.request) : Bytes.view(0, 0);
    if (path === null) return Fault.Path;
    for (let i = 0; i < this.rules.length; ++i) {
      const rule = this.rules[i];
      if (!rule.match.matches(x.request, path)) continue;
      const requires = rule.requires;
      return requires === null ? Fault.None : requires.judge(x, this.now(), this.providers);
    }
    return this.rules.length > 0 ? Fault.None : this.judgeAny(x);
  }

  private judgeAny(x: Exchange): Fault {
    const now = this.now();
    let telling = Fault.None;
    for (let i = 0; i < this.providers.length; ++i) {
      const provider = this.providers[i];
      const fault = provider.judge(x, now, provider.audiences, 0);
      if (fault == Fault.None) return fault;
      telling = max(telling, fault);
    }
    return telling;
  }

  private refuse(x: Exchange, fault: Fault): Action {
    const reason = reasonOf(fault);
    this.verdicts.denied(reason);
    // A key that is missed may be a new one.
    if (fault == Fault.UnknownKey || fault == Fault.Signature) this.onTick();
    const status = this.statusOf(fault);
    return this.refusal.answer(x, status, wordsFor(fault), reason, this.challengeFor(fault, status));
  }

  private statusOf(fault: Fault): u32 {
    if (fault == Fault.Ambiguous || fault == Fault.Path) return 400;
    if (fault == Fault.Audience) return 403;
    return fault == Fault.NoKeys && this.without_keys == "UNAVAILABLE" ? 503 : 401;
  }

  /** As RFC 6750 section 3 has it: nothing is said to be wrong where no token came. */
  private challengeFor(fault: Fault, status: u32): string {
    if (fault == Fault.Path || status == 403 || status == 503) return "";
    if (fault == Fault.Missing || fault == Fault.NoKeys) return this.challenge;
    const error = fault == Fault.Ambiguous ? 'error="invalid_request"' : 'error="invalid_token"';
    return this.challenge + this.separator + error;
  }

  private takeProvider(index: i32): void {
    const provider = this.providers[index];
    for (let i = 0; i < index; ++i)
      if (this.providers[i].name == provider.name)
        config.problem("providers", "another one has this name", index);
    this.claim(provider.forward_payload_header);
    for (let i = 0; i < provider.claim_to_headers.length; ++i)
      this.claim(provider.claim_to_headers[i].header_name);
  }

  private claim(header: string): void {
    if (header != "") this.own.push(Forwarding.of(header, true));
  }

  private startFetching(): void {
    let period: i64 = 0;
    for (let i = 0; i < this.providers.length; ++i) {
      const remote = this.providers[i].remote_jwks;
      if (remote !== null) period = period == 0 ? remote.tickPeriod : min(period, remote.tickPeriod);
    }
    if (period == 0) return;
    plugin.tickEvery(<u32>period);
    this.onTick();
  }

  private fetchFor(provider: Provider, now: i64): void {
    const remote = provider.remote_jwks;
    if (remote === null) return;
    const call = remote.callAt(now);
    if (call !== null) this.fetch(call);
  }

  private now(): i64 {
    return <i64>clock.milliseconds();
  }
}

/** As the proxy's own filter has it: an OPTIONS that says from where, and what for. */
function isPreflight(request: Request): bool {
  const headers = request.headers;
  return (
    headers.is(":method", "OPTIONS") &&
    headers.has("access-control-request-method") &&
    headers.has("origin") &&
    !headers.is("origin", "") &&
    !headers.is("access-control-request-method", "")
  );
}

// A request leaves little, and what a fetched set leaves can wait until it is read.
vm.collectBetweenCallbacks();
register<Jwt>();
