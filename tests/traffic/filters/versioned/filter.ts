import { Action, Exchange, HttpFilter, config, register } from "meshscript/assembly";

/** Marks both sides of an exchange with what serves it: the module, which build switches tell apart, and a setting. */
class Versioned extends HttpFilter {
  mark: string = moduleName() + config.text("version");

  override onRequest(x: Exchange): Action {
    x.request.headers.set("x-version", this.mark);
    return Action.Continue;
  }

  override onResponse(x: Exchange): Action {
    x.response.headers.set("x-version", this.mark);
    return Action.Continue;
  }
}

function moduleName(): string {
  if (isDefined(VERSIONED_TRAPS)) unreachable();
  return isDefined(VERSIONED_OTHER) ? "b" : "a";
}

register<Versioned>();
