import { Fit, RequestMatch, config } from "meshscript/assembly";
import { Facts } from "./facts";
import { Truth, both, not, truthOf } from "./truth";

/** Which requests a rule is about. */
export class Permission extends RequestMatch {
  /** Every request. */
  any: bool = config.flag("any");
  /** Exceptions: none of them. */
  not_rules: RequestMatch[] = config.list<RequestMatch>("not_rules", false);

  /** Whether it asks for a path, itself or in an exception. */
  looksAtPaths: bool = false;
  /** Whether it asks for a method. */
  looksAtMethods: bool = false;

  constructor() {
    super();
    this.looksAtPaths = this.isGiven;
    this.looksAtMethods = this.methods.length > 0;
    if (this.any != (this.isEmpty && this.not_rules.length == 0))
      config.problem("", "expected either any: true or conditions");
    for (let i = 0; i < this.not_rules.length; ++i) {
      const exception = unchecked(this.not_rules[i]);
      if (exception.isEmpty) config.problem("not_rules", "must not be empty", i);
      if (exception.isGiven) this.looksAtPaths = true;
      if (exception.methods.length > 0) this.looksAtMethods = true;
    }
  }

  isMeant(facts: Facts): Truth {
    let truth = truthFor(this, facts);
    for (let i = 0; i < this.not_rules.length && truth != Truth.No; ++i)
      truth = both(truth, not(truthFor(unchecked(this.not_rules[i]), facts)));
    return truth;
  }
}

function truthFor(match: RequestMatch, facts: Facts): Truth {
  const request = facts.exchange.request;
  let truth = truthOfPath(match, facts);
  if (truth != Truth.No && !match.matchesMethod(request)) truth = Truth.No;
  for (let i = 0; i < match.headers.length && truth != Truth.No; ++i) {
    const fit = unchecked(match.headers[i]).fit(request);
    truth = both(truth, fit == Fit.Some ? Truth.Unknown : truthOf(fit == Fit.All));
  }
  return truth;
}

function truthOfPath(match: RequestMatch, facts: Facts): Truth {
  if (!match.isGiven) return Truth.Yes;
  const path = facts.path;
  return path === null ? Truth.Unknown : truthOf(match.matchesPath(path));
}
