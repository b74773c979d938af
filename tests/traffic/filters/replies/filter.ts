import { Action, Exchange, HttpFilter, Reply, register } from "meshscript/assembly";

class Asked extends Exchange {
  phase: string = "";
}

/** Answers or cuts the exchange in the phase that `x-phase` names. */
class Replies extends HttpFilter<Asked> {
  override onRequest(x: Asked): Action {
    const phase = x.request.headers.get("x-phase");
    x.phase = phase === null ? "" : phase;
    if (x.phase == "request-and-on") {
      x.reply(418, "first\n");
      x.reply(500, "second\n");
      return Action.Continue;
    }
    return this.act(x, "request");
  }

  override onRequestBody(x: Asked, end: bool): Action {
    if (!x.phase.includes("request")) return Action.Continue;
    return end ? this.act(x, "request-body") : Action.Pause;
  }

  override onRequestTrailers(x: Asked): Action {
    return this.act(x, "request-trailers");
  }

  override onResponse(x: Asked): Action {
    return this.act(x, "response");
  }

  override onResponseBody(x: Asked, end: bool): Action {
    return this.act(x, "response-body");
  }

  override onResponseTrailers(x: Asked): Action {
    return this.act(x, "response-trailers");
  }

  override onLog(x: Asked): void {
    this.act(x, "log");
  }

  override onEnd(x: Asked): void {
    this.act(x, "end");
  }

  private act(x: Asked, phase: string): Action {
    if (x.phase == phase)
      return x.respond(new Reply(418).header("x-phase", phase).text("from " + phase + "\n"));
    if (x.phase == "reset-" + phase) return x.reset();
    return Action.Continue;
  }
}

register<Replies>();
