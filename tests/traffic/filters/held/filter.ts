import { Action, Bytes, Exchange, HttpFilter, log, plugin, register } from "meshscript/assembly";

class Waiting extends Exchange {
  ticks: i32 = 0;
  way: string = "";
  inResponse: bool = false;
}

/**
 * Holds each exchange for two ticks of its timer, then does with it what `x-way` asks for: lets it go on (twice), answers it,
 * resets it. `whole` and `response` say that it is held when the body is known, or with the response.
 */
class Held extends HttpFilter<Waiting> {
  waiting: Waiting[] = [];

  override onConfigure(): void {
    plugin.tickEvery(50);
  }

  override onRequest(x: Waiting): Action {
    const way = x.request.headers.get("x-way");
    if (way !== null) x.way = way;
    if (x.way == "whole") return x.wholeRequest();
    return x.way == "response" ? Action.Continue : this.hold(x);
  }

  override onWholeRequest(x: Waiting, body: Bytes): Action {
    return this.hold(x);
  }

  override onResponse(x: Waiting): Action {
    if (x.way != "response") return Action.Continue;
    x.inResponse = true;
    return this.hold(x);
  }

  override onTick(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (let i = 0; i < waiting.length; ++i) {
      const x = waiting[i];
      if (x.ended) log.info("gone while it waited");
      else if (++x.ticks < 2) this.waiting.push(x);
      else if (x.way == "answer") x.reply(429, "waited for nothing\n");
      else if (x.way == "reset") x.reset();
      else this.release(x);
    }
  }

  private hold(x: Waiting): Action {
    this.waiting.push(x);
    return Action.Pause;
  }

  private release(x: Waiting): void {
    if (x.enter()) {
      if (x.inResponse) x.response.headers.set("x-held", x.ticks.toString());
      else x.request.headers.set("x-held", x.ticks.toString());
      if (x.way == "whole") x.request.body.append(" and more");
    }
    x.resume();
    x.resume();
  }
}

register<Held>();
