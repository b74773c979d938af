import { Bytes, Networks, StringMatch, config } from "meshscript/assembly";
import { ClaimMatch } from "./claim";
import { Facts } from "./facts";
import { Truth, both, either, not, truthOf } from "./truth";

/** A client that has shown a certificate. */
class Authenticated {
  /** What a URI (SPIFFE), a DNS name or the subject of its certificate has to be; any certificate will do without it. */
  principal_name: StringMatch | null = config.optionalGroup<StringMatch>("principal_name");

  truth(facts: Facts): Truth {
    const name = this.principal_name;
    if (name === null) return truthOf(facts.exchange.connection.mtls);
    const uri = facts.uri;
    if (uri !== null && name.matches(uri)) return Truth.Yes;
    const dns = facts.dns;
    if (dns !== null && name.matches(dns)) return Truth.Yes;
    const subject = facts.subject;
    if (subject !== null && name.matches(subject)) return Truth.Yes;
    return uri === null && dns === null && subject === null ? Truth.Unknown : Truth.No;
  }
}

/** Who sends a request: all that is given has to hold. */
class Caller {
  /** Consumers that an earlier filter has made out; one of them. */
  consumers: string[] = config.texts("consumers", false);
  /** Whether an earlier filter must have made out some consumer. */
  identified: bool = config.flag("identified");
  /** Networks that the client's address is in, `client_address` being heeded; one of them. */
  remote_ip: Networks = config.networks("remote_ip");
  /** Networks that the connection's address is in; one of them. */
  direct_remote_ip: Networks = config.networks("direct_remote_ip");
  /** That the client has shown a certificate. */
  authenticated: Authenticated | null = config.optionalGroup<Authenticated>("authenticated");
  /** What claims of the verified token have to be; all of them. */
  claims: ClaimMatch[] = config.list<ClaimMatch>("claims", false);

  /** Whether nothing is given. */
  get isEmpty(): bool {
    const hasAddress = !this.remote_ip.isEmpty || !this.direct_remote_ip.isEmpty;
    const hasIdentity = this.identified || this.consumers.length > 0 || this.claims.length > 0;
    return !hasAddress && !hasIdentity && this.authenticated === null;
  }

  truth(facts: Facts): Truth {
    let truth: Truth = Truth.Yes;
    if (this.identified) truth = truthOf(facts.consumer !== null);
    if (truth != Truth.No && this.consumers.length > 0) truth = both(truth, this.isConsumer(facts.consumer));
    if (truth != Truth.No && !this.remote_ip.isEmpty) truth = both(truth, isIn(this.remote_ip, facts.client));
    if (truth != Truth.No && !this.direct_remote_ip.isEmpty)
      truth = both(truth, isIn(this.direct_remote_ip, facts.peer));
    for (let i = 0; i < this.claims.length && truth != Truth.No; ++i)
      truth = both(truth, unchecked(this.claims[i]).truth(facts.claims));
    const authenticated = this.authenticated;
    if (truth == Truth.No || authenticated === null) return truth;
    return both(truth, authenticated.truth(facts));
  }

  private isConsumer(consumer: Bytes | null): Truth {
    if (consumer === null) return Truth.Unknown;
    for (let i = 0; i < this.consumers.length; ++i)
      if (consumer.equals(unchecked(this.consumers[i]))) return Truth.Yes;
    return Truth.No;
  }
}

/** Who may be meant by a rule. */
export class Principal extends Caller {
  /** Everybody, known or not. */
  any: bool = config.flag("any");
  /** Exceptions: none of them. */
  not_ids: Caller[] = config.list<Caller>("not_ids", false);

  constructor() {
    super();
    if (this.any != (this.isEmpty && this.not_ids.length == 0))
      config.problem("", "expected either any: true or conditions");
    for (let i = 0; i < this.not_ids.length; ++i)
      if (unchecked(this.not_ids[i]).isEmpty) config.problem("not_ids", "must not be empty", i);
  }

  isMeant(facts: Facts): Truth {
    let truth = this.truth(facts);
    for (let i = 0; i < this.not_ids.length && truth != Truth.No; ++i)
      truth = both(truth, not(unchecked(this.not_ids[i]).truth(facts)));
    return truth;
  }
}

function isIn(networks: Networks, address: Bytes | null): Truth {
  return address === null ? Truth.Unknown : truthOf(networks.hold(address));
}
