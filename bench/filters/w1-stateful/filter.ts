// The workload W1 with something kept from the request to its response.
import { Action, Exchange, HttpFilter, register } from "meshscript/assembly";

class Visit extends Exchange {
  hasAgent: bool = false;
}

class W1 extends HttpFilter<Visit> {
  override onRequest(x: Visit): Action {
    const agent = x.request.headers.get("user-agent");
    x.hasAgent = agent !== null;
    x.request.headers.add("x-seen", agent === null ? "" : agent);
    return Action.Continue;
  }

  override onResponse(x: Visit): Action {
    x.response.headers.add("x-wasm", x.hasAgent ? "ok" : "no agent");
    x.response.headers.remove("x-powered-by");
    return Action.Continue;
  }
}

register<W1>();
