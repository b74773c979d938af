import { Action, Exchange, HttpFilter, clock, config, log, register } from "meshscript/assembly";

/** Lets through the request headers that are listed, and says how large they are. */
class OnlyHeaders extends HttpFilter {
  allowed: string[] = config.texts("allowed");

  override onRequest(x: Exchange): Action {
    const kept: string[] = [];
    const cursor = x.request.headers.entries();
    while (cursor.next()) {
      const name = cursor.name;
      if (name.startsWith(":") || this.allowed.includes(name)) (kept.push(name), kept.push(cursor.value));
    }
    x.request.headers.replaceAll(kept);
    x.request.headers.set("x-size", x.request.headers.byteSize.toString());
    if (log.enabled(log.Level.Debug)) log.debug("never written where the host's level is info");
    if (clock.seconds() > 1_700_000_000) log.info("the clock runs");
    return Action.Continue;
  }
}

register<OnlyHeaders>();
