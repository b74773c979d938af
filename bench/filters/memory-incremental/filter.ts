import {
  Action,
  Bytes,
  Call,
  CallResponse,
  Exchange,
  HttpFilter,
  config,
  register,
} from "meshscript/assembly";

class Judged extends Exchange {
  agent: string = "";
  said: string = "";
}

/** Keeps something of each exchange, judges whole bodies and asks another service, so its module collects all the time. */
class Incremental extends HttpFilter<Judged> {
  mark: string = config.text("mark");

  override onRequest(x: Judged): Action {
    const agent = x.request.headers.get("user-agent");
    x.agent = agent === null ? "nobody" : agent;
    if (x.request.headers.has("x-deny")) return x.reply(403, "denied to " + x.agent + "\n");
    if (x.request.headers.has("x-ask"))
      return x.send(new Call("callee", "GET", "/judge").header("x-agent", x.agent).within(1000));
    return x.wholeRequest();
  }

  override onCallResponse(x: Judged, response: CallResponse): Action {
    if (!response.ok) return x.reply(503, "no judge\n");
    x.said = response.body.toString();
    return Action.Continue;
  }

  override onWholeRequest(x: Judged, body: Bytes): Action {
    const text = body.toString();
    if (text.startsWith("bad")) return x.reply(403, "bad body\n");
    if (text.length > 0) x.request.body.replace(text + " from " + x.agent);
    return Action.Continue;
  }

  override onResponse(x: Judged): Action {
    x.response.headers.set("x-mark", this.mark + " " + x.agent + x.said);
    x.response.headers.set("x-pages", memory.size().toString());
    return Action.Continue;
  }
}

register<Incremental>();
