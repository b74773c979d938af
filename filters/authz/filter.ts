import {
  Action,
  ClientAddress,
  Counter,
  Exchange,
  HttpFilter,
  Refusal,
  config,
  register,
} from "meshscript/assembly";
import { Facts } from "./facts";
import { isOverridden } from "./method";
import { Rule, detailsOf } from "./rule";
import { Truth } from "./truth";

class Authz extends HttpFilter {
  /** Who may do what. A request passes that a rule allows and none denies; all others are refused. */
  rules: Rule[] = config.list<Rule>("rules");
  /** Header that says who the consumer is, in place of earlier filters. Only where clients cannot send it themselves. */
  identity_from_header: string = config.headerName("identity_from_header", "");
  /** Whose address counts. */
  client_address: ClientAddress = config.group<ClientAddress>("client_address");
  /** Whether requests pass to rules about methods whose headers ask the upstream for another method. */
  allow_method_override: bool = config.flag("allow_method_override");
  /** What a refused client gets. */
  refusal: Refusal = config.group<Refusal>("refusal");

  private facts: Facts = new Facts(this.client_address, this.identity_from_header);
  private unmatched: string = detailsOf("none");
  private enforces: bool = false;
  private shadows: bool = false;
  private looksAtPaths: bool = false;
  private looksAtMethods: bool = false;
  private allowed: Counter = perRule("authz.allowed");
  private denied: Counter = new Counter("authz.denied", ["reason", "rule"]);
  private shadowAllowed: Counter = perRule("authz.shadow_allowed");
  private shadowDenied: Counter = perRule("authz.shadow_denied");

  override onConfigure(): void {
    if (this.rules.length == 0) config.problem("rules", "must not be empty");
    for (let i = 0; i < this.rules.length; ++i) this.prepare(unchecked(this.rules[i]), i);
  }

  override onRequest(x: Exchange): Action {
    this.facts.begin(x);
    if (this.shadows) this.countShadow();
    if (!this.enforces) return Action.Continue;
    if (this.looksAtPaths && this.facts.path === null) return this.refuse(x, "path_ambiguous");
    if (this.looksAtMethods && isOverridden(x.request)) return this.refuse(x, "method_ambiguous");
    return this.decided(x);
  }

  private decided(x: Exchange): Action {
    const index = this.decide(false);
    if (index < 0) return this.deny(x, "no_rule", "none", this.unmatched);
    const rule = unchecked(this.rules[index]);
    if (!rule.allows) {
      const isSure = rule.truth(this.facts) == Truth.Yes;
      return this.deny(x, isSure ? "rule" : "unknown", rule.name, rule.details);
    }
    this.allowed.of(rule.name).increment();
    return Action.Continue;
  }

  /** The first rule that refuses, or else the first that allows; -1: none does either. */
  private decide(withShadows: bool): i32 {
    let allowing = -1;
    for (let i = 0; i < this.rules.length; ++i) {
      const rule = unchecked(this.rules[i]);
      if ((rule.shadow && !withShadows) || (rule.allows && allowing >= 0)) continue;
      const truth = rule.truth(this.facts);
      // What cannot be told is good enough to refuse and not good enough to allow.
      if (!rule.allows && truth != Truth.No) return i;
      if (rule.allows && truth == Truth.Yes) allowing = i;
    }
    return allowing;
  }

  /** Counts what would be decided if all rules counted. */
  private countShadow(): void {
    const index = this.decide(true);
    if (index < 0) this.shadowDenied.of("none").increment();
    else if (unchecked(this.rules[index]).allows)
      this.shadowAllowed.of(unchecked(this.rules[index]).name).increment();
    else this.shadowDenied.of(unchecked(this.rules[index]).name).increment();
  }

  private deny(x: Exchange, reason: string, rule: string, details: string): Action {
    this.denied.of(reason, rule).increment();
    return this.refusal.answer(x, 403, "Access denied.", details);
  }

  private refuse(x: Exchange, reason: string): Action {
    this.denied.of(reason, "none").increment();
    return this.refusal.answer(x, 400, "Request is ambiguous.", reason);
  }

  private prepare(rule: Rule, index: i32): void {
    for (let i = 0; i < index; ++i)
      if (unchecked(this.rules[i]).name == rule.name)
        config.problem("rules", "its name stands there twice", index);
    if (rule.shadow) {
      this.shadows = true;
      return;
    }
    this.enforces = true;
    if (rule.looksAtPaths) this.looksAtPaths = true;
    if (rule.looksAtMethods && !this.allow_method_override) this.looksAtMethods = true;
  }
}

function perRule(name: string): Counter {
  return new Counter(name, ["rule"]);
}

register<Authz>();
