import { config, isHeaderName } from "meshscript/assembly";
import { Facts } from "./facts";
import { Permission } from "./permission";
import { Principal } from "./principal";
import { Truth, both, either } from "./truth";

/** Who may do what, or may not. */
export class Rule {
  /** Its name in metrics and access logs. */
  name: string = config.text("name");
  /** `ALLOW`: what fits may pass. `DENY`: what fits is refused, whatever other rules say. */
  action: string = config.choice("action", ["ALLOW", "DENY"], "ALLOW");
  /** Whether the rule decides nothing: what it would change is counted only. */
  shadow: bool = config.flag("shadow");
  /** Which requests it is about; one of them. */
  permissions: Permission[] = config.list<Permission>("permissions");
  /** Whom it is about; one of them. */
  principals: Principal[] = config.list<Principal>("principals");

  details: string = detailsOf(this.name);
  readonly allows: bool = this.action == "ALLOW";

  looksAtPaths: bool = false;
  looksAtMethods: bool = false;

  constructor() {
    if (!isHeaderName(this.name) || this.name.length > 64)
      config.problem("name", "must be a token, as names of headers are, of at most 64 bytes");
    if (this.permissions.length == 0) config.problem("permissions", "must not be empty");
    if (this.principals.length == 0) config.problem("principals", "must not be empty");
    for (let i = 0; i < this.permissions.length; ++i) {
      if (unchecked(this.permissions[i]).looksAtPaths) this.looksAtPaths = true;
      if (unchecked(this.permissions[i]).looksAtMethods) this.looksAtMethods = true;
    }
  }

  /** Whether this request is meant. */
  truth(facts: Facts): Truth {
    const permitted = this.isPermission(facts);
    return permitted == Truth.No ? permitted : both(permitted, this.isPrincipal(facts));
  }

  private isPermission(facts: Facts): Truth {
    let truth: Truth = Truth.No;
    for (let i = 0; i < this.permissions.length && truth != Truth.Yes; ++i)
      truth = either(truth, unchecked(this.permissions[i]).isMeant(facts));
    return truth;
  }

  private isPrincipal(facts: Facts): Truth {
    let truth: Truth = Truth.No;
    for (let i = 0; i < this.principals.length && truth != Truth.Yes; ++i)
      truth = either(truth, unchecked(this.principals[i]).isMeant(facts));
    return truth;
  }
}

/** What access logs show, as with Envoy's own filter, where a rule refuses. */
export function detailsOf(name: string): string {
  return "rbac_access_denied_matched_policy[" + name + "]";
}
