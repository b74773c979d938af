import { Action, Exchange, HttpFilter, clock, config, log, register } from "meshscript/assembly";

class Memory extends Exchange {
  began: u64 = 0;
}

/** Does one of everything that a Trial can show. */
class Probe extends HttpFilter<Memory> {
  tag: string = config.text("tag", "none");
  refuse: string = config.text("refuse", "/refused");

  override onRequest(x: Memory): Action {
    const headers = x.request.headers;
    x.began = clock.milliseconds();
    log.info("request " + x.request.path);
    if (x.request.path == this.refuse) return x.reply(403, "refused\n", "probe says no");
    if (x.request.path == "/held") return Action.Pause;
    if (x.request.path == "/trap") assert(false, "the probe was told to trap");
    headers.set("x-tag", this.tag);
    headers.remove("x-secret");
    const source = x.property("source.address");
    headers.set("x-source", source === null ? "" : source);
    x.remember("tag", this.tag);
    return Action.Continue;
  }

  override onResponse(x: Memory): Action {
    x.response.headers.set("x-took", (clock.milliseconds() - x.began).toString());
    x.response.headers.set("x-tag", this.tag);
    return Action.Continue;
  }
}

register<Probe>();
