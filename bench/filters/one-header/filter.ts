// The least there is: one literal response header, no settings.
import { Action, Exchange, HttpFilter, register } from "meshscript/assembly";

class OneHeader extends HttpFilter {
  override onResponse(x: Exchange): Action {
    x.response.headers.set("x-served-by", "mesh");
    return Action.Continue;
  }
}

register<OneHeader>();
