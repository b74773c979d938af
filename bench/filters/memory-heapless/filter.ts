import { Action, BytesBuilder, Exchange, HttpFilter, register } from "meshscript/assembly";

/** Keeps nothing, so its module has no heap: headers, a look at bodies, and answers in place of the upstream. */
class Heapless extends HttpFilter {
  override onRequest(x: Exchange): Action {
    if (x.request.headers.has("x-deny")) return x.reply(403, "denied\n");
    const agent = x.request.headers.getBytes("user-agent");
    if (agent !== null) x.request.headers.setBytes("x-seen", agent);
    return Action.Continue;
  }

  override onRequestBody(x: Exchange, end: bool): Action {
    if (!end) return Action.Pause;
    return x.request.body.bytes(0, 4096).startsWith("bad") ? x.reply(403, "bad body\n") : Action.Continue;
  }

  override onResponse(x: Exchange): Action {
    x.response.headers.setBytes("x-pages", BytesBuilder.begin().addInteger(memory.size()).bytes);
    return Action.Continue;
  }
}

register<Heapless>();
