import { Action, Exchange, Expression, HttpFilter, config, register } from "meshscript/assembly";

/** Refuses what a condition in CEL is true for, and shows a value in CEL. */
class Conditions extends HttpFilter {
  refuse: Expression = config.expression("refuse");
  show: Expression = config.expression("show", "request.method");
  get: Expression = new Expression("request.method == 'GET'");

  override onRequest(x: Exchange): Action {
    if (this.refuse.test()) return x.reply(403, "refused\n");
    const shown = this.show.text();
    x.request.headers.set("x-shown", shown === null ? "nothing" : shown);
    x.request.headers.set("x-get", this.get.test().toString());
    return Action.Continue;
  }
}

register<Conditions>();
