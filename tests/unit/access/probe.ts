import {
  Action,
  CredentialSource,
  Exchange,
  Forwarding,
  HttpFilter,
  Refusal,
  Verdicts,
  config,
  identity,
  register,
} from "meshscript/assembly";

/** Takes whatever stands in its first place for the consumer's name, and says so to the upstream. */
class Probe extends HttpFilter {
  places: CredentialSource[] = config.list<CredentialSource>("places", false);
  forwarding: Forwarding = config.group<Forwarding>("forwarding");
  refusal: Refusal = config.group<Refusal>("refusal");
  says: string = config.text("says", "No.");
  challenge: string = config.text("challenge", "");

  private verdicts: Verdicts = new Verdicts("probe");

  override onRequest(x: Exchange): Action {
    const place = this.places.length > 0 ? this.places[0] : CredentialSource.of("authorization", "Token ");
    const consumer = place.read(x.request);
    if (place.count(x.request) != 1 || consumer === null) {
      this.verdicts.denied("probe_nobody");
      return this.refusal.answer(x, 401, this.says, "probe_nobody", this.challenge);
    }
    const name = consumer.toString();
    if (this.forwarding.hide_credentials) place.strip(x.request);
    if (name == "anonymous") this.forwarding.clear(x);
    else this.forwarding.admit(x, name);
    this.verdicts.allowed();
    const known = identity.consumerOf(x);
    if (known !== null) identity.rememberClaims(x, known);
    return Action.Continue;
  }
}

register<Probe>();
