import { Action, Exchange, HttpFilter, log, register } from "meshscript/assembly";

/** Reads and changes trailers both ways. */
class Trailers extends HttpFilter {
  override onRequestTrailers(x: Exchange): Action {
    const sum = x.request.trailers.get("x-sum");
    log.info("request trailers " + (sum === null ? "none" : sum));
    if (x.request.trailers.is("x-sum", "wrong")) return x.reply(422, "wrong sum\n");
    x.request.trailers.remove("x-private");
    x.request.trailers.set("x-seen", "yes");
    return Action.Continue;
  }

  override onResponseTrailers(x: Exchange): Action {
    x.response.trailers.append("x-sum", "checked");
    x.response.trailers.add("x-twice", "2");
    if (x.request.trailers.has("x-sum")) log.info("not written: request trailers are gone");
    return Action.Continue;
  }
}

register<Trailers>();
