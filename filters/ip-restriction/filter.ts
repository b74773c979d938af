import {
  Action,
  ClientAddress,
  Exchange,
  HttpFilter,
  Networks,
  Refusal,
  Verdicts,
  config,
  register,
} from "meshscript/assembly";

class IpRestriction extends HttpFilter {
  /** Networks whose clients may pass; all of them when the list is empty. */
  allow: Networks = config.networks("allow");
  /** Networks whose clients may not pass, whatever `allow` says. */
  deny: Networks = config.networks("deny");
  /** Whose address counts. */
  client_address: ClientAddress = config.group<ClientAddress>("client_address");
  /** What a refused client gets. */
  refusal: Refusal = config.group<Refusal>("refusal");

  private verdicts: Verdicts = new Verdicts("ip_restriction");

  override onConfigure(): void {
    if (this.allow.isEmpty && this.deny.isEmpty) config.problem("", "expected allow, deny or both");
  }

  override onRequest(x: Exchange): Action {
    const address = this.client_address.of(x);
    if (address === null) return this.refuse(x, "ip_address_unknown");
    if (this.deny.hold(address)) return this.refuse(x, "ip_address_denied");
    if (!this.allow.isEmpty && !this.allow.hold(address)) return this.refuse(x, "ip_address_not_allowed");
    this.verdicts.allowed();
    return Action.Continue;
  }

  private refuse(x: Exchange, reason: string): Action {
    this.verdicts.denied(reason);
    return this.refusal.answer(x, 403, "Client address is not allowed.", reason);
  }
}

register<IpRestriction>();
