import { Action, Bytes, Exchange, HttpFilter, config, register } from "meshscript/assembly";

/** Judges whole bodies: what they hold decides whether and how they go on. */
class WholeBody extends HttpFilter {
  limit: i64 = config.integer("limit", 100_000);

  override onRequest(x: Exchange): Action {
    return x.request.headers.has("x-unread") ? Action.Continue : x.wholeRequest(<u32>this.limit);
  }

  override onWholeRequest(x: Exchange, body: Bytes): Action {
    const text = body.toString();
    if (text.includes("bad")) return x.reply(403, "bad body\n");
    x.request.headers.set("x-judged", body.length.toString());
    if (text.includes("grow")) x.request.body.append(" and grown");
    if (text.includes("shrink")) x.request.body.replace("s");
    return Action.Continue;
  }

  override onResponse(x: Exchange): Action {
    return x.wholeResponse(<u32>this.limit);
  }

  override onWholeResponse(x: Exchange, body: Bytes): Action {
    if (body.equals("leak")) return x.reply(502, "kept back\n");
    x.response.headers.set("x-length", body.length.toString());
    if (body.startsWith("grow")) x.response.body.prepend("[");
    return Action.Continue;
  }
}

register<WholeBody>();
