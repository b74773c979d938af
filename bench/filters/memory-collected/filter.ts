import { Action, BytesBuilder, Exchange, HttpFilter, config, register } from "meshscript/assembly";

/** Has a setting and reads texts, so its module collects garbage between callbacks. */
class Collected extends HttpFilter {
  mark: string = config.text("mark");

  override onRequest(x: Exchange): Action {
    if (x.request.headers.has("x-deny")) return x.reply(403, "denied\n");
    const agent = x.request.headers.get("user-agent");
    if (agent !== null) x.request.headers.set("x-seen", agent);
    return Action.Continue;
  }

  override onRequestBody(x: Exchange, end: bool): Action {
    if (!end) return Action.Pause;
    const text = x.request.body.toString();
    return text.startsWith("bad") ? x.reply(403, "bad body\n") : Action.Continue;
  }

  override onResponse(x: Exchange): Action {
    x.response.headers.set("x-mark", this.mark);
    x.response.headers.setBytes("x-pages", BytesBuilder.begin().addInteger(memory.size()).bytes);
    return Action.Continue;
  }
}

register<Collected>();
