// Passes one header on and sets two: once warm, nothing of it may be left to the garbage collector.
import { Action, Exchange, HttpFilter, register } from "meshscript/assembly";

class PassOn extends HttpFilter {
  override onRequest(x: Exchange): Action {
    const agent = x.request.headers.getBytes("user-agent");
    if (agent !== null) x.request.headers.addBytes("x-seen", agent);
    x.request.headers.set("x-tenant", "one");
    x.request.headers.set("x-zone", "two");
    return Action.Continue;
  }
}

register<PassOn>();
