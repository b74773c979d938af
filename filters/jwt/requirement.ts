import { Exchange, RequestMatch, config } from "meshscript/assembly";
import { Fault } from "./fault";
import { Provider } from "./provider";

class ProviderWithAudiences {
  /** Name of the provider. */
  provider_name: string = config.text("provider_name");
  /** Audiences in place of the provider's own. */
  audiences: string[] = config.texts("audiences");
}

class Requirements {
  /** What is required, each as in `requires`. */
  requirements: Requirement[] = config.list<Requirement>("requirements");

  constructor() {
    if (this.requirements.length == 0) config.problem("requirements", "must not be empty");
  }
}

/** Lists of audiences that were given numbers: a token that is good for one is not for another. */
let purposes: u32 = 0;

/** Written `{}`. */
class Empty {}

/** What a request has to carry: exactly one of these is set. */
export class Requirement {
  /** A good token of this provider. */
  provider_name: string = config.text("provider_name", "");
  /** The same, for other audiences. */
  provider_and_audiences: ProviderWithAudiences | null =
    config.optionalGroup<ProviderWithAudiences>("provider_and_audiences");
  /** One of several requirements. */
  requires_any: Requirements | null = config.optionalGroup<Requirements>("requires_any");
  /** All of several requirements. */
  requires_all: Requirements | null = config.optionalGroup<Requirements>("requires_all");
  /** No token at all, or good ones of any provider. */
  allow_missing: Empty | null = config.optionalGroup<Empty>("allow_missing");
  /** Nothing; tokens that are good are passed on. */
  allow_missing_or_failed: Empty | null = config.optionalGroup<Empty>("allow_missing_or_failed");

  private provider: i32 = -1;
  private audiences: string[] = [];
  private purpose: u32 = 0;

  constructor() {
    const set =
      <i32>(this.provider_name != "") +
      <i32>(this.provider_and_audiences !== null) +
      <i32>(this.requires_any !== null) +
      <i32>(this.requires_all !== null) +
      <i32>(this.allow_missing !== null) +
      <i32>(this.allow_missing_or_failed !== null);
    if (set != 1)
      config.problem(
        "",
        "expected exactly one of provider_name, provider_and_audiences, requires_any, requires_all, allow_missing, allow_missing_or_failed",
      );
  }

  /** Finds the providers that are meant by their names. The name of one that there is not, "" where all are. */
  bind(providers: Provider[]): string {
    const other = this.provider_and_audiences;
    const name = other === null ? this.provider_name : other.provider_name;
    for (let i = 0; i < providers.length; ++i) if (providers[i].name == name) this.provider = i;
    if (other !== null) this.audiences = other.audiences;
    else if (this.provider >= 0) this.audiences = providers[this.provider].audiences;
    if (other !== null) this.purpose = ++purposes;
    const inner = this.inner;
    for (let i = 0; i < inner.length; ++i) {
      const unknown = inner[i].bind(providers);
      if (unknown != "") return unknown;
    }
    return this.provider < 0 ? name : "";
  }

  /** What of it a request does not meet. */
  judge(x: Exchange, now: i64, providers: Provider[]): Fault {
    if (this.provider >= 0) return providers[this.provider].judge(x, now, this.audiences, this.purpose);
    if (this.requires_all !== null) return this.judgeAll(x, now, providers);
    if (this.requires_any !== null) return this.judgeAny(x, now, providers);
    const fault = judgePresent(x, now, providers);
    return this.allow_missing === null ? Fault.None : fault;
  }

  private get inner(): Requirement[] {
    const any = this.requires_any;
    const all = this.requires_all;
    return any !== null ? any.requirements : all !== null ? all.requirements : [];
  }

  private judgeAll(x: Exchange, now: i64, providers: Provider[]): Fault {
    const inner = this.inner;
    for (let i = 0; i < inner.length; ++i) {
      const fault = inner[i].judge(x, now, providers);
      if (fault != Fault.None) return fault;
    }
    return Fault.None;
  }

  private judgeAny(x: Exchange, now: i64, providers: Provider[]): Fault {
    const inner = this.inner;
    let telling = Fault.None;
    for (let i = 0; i < inner.length; ++i) {
      const fault = inner[i].judge(x, now, providers);
      if (fault == Fault.None) return fault;
      telling = max(telling, fault);
    }
    return telling;
  }
}

/** What is wrong with the tokens that are there; each has to be good for one of the providers that look at its place. */
export function judgePresent(x: Exchange, now: i64, providers: Provider[]): Fault {
  for (let i = 0; i < providers.length; ++i) providers[i].judge(x, now, providers[i].audiences, 0);
  let telling = Fault.None;
  for (let i = 0; i < providers.length; ++i) {
    const provider = providers[i];
    if (provider.fault == Fault.Missing || isAccepted(provider.tokenAt, providers)) continue;
    telling = max(telling, provider.fault);
  }
  return telling;
}

function isAccepted(tokenAt: usize, providers: Provider[]): bool {
  for (let i = 0; i < providers.length; ++i)
    if (providers[i].isAccepted && providers[i].tokenAt == tokenAt) return true;
  return false;
}

/** What requests of a kind have to carry. */
export class Rule {
  /** Which requests are meant; all when empty. */
  match: RequestMatch = config.group<RequestMatch>("match");
  /** What they have to carry; nothing when absent. */
  requires: Requirement | null = config.optionalGroup<Requirement>("requires");
}
