// Reads a header as text, has one text setting, and can refuse.
import { Action, Exchange, HttpFilter, config, register } from "meshscript/assembly";

class TextSetting extends HttpFilter {
  tenant: string = config.text("tenant");

  override onRequest(x: Exchange): Action {
    const tenant = x.request.headers.get("x-tenant");
    if (tenant === null || tenant != this.tenant) return x.reply(403, "tenant not allowed\n");
    return Action.Continue;
  }
}

register<TextSetting>();
