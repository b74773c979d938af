// The workload W1 through the normal string API.
import { Action, Exchange, HttpFilter, register } from "meshscript/assembly";

class W1 extends HttpFilter {
  override onRequest(x: Exchange): Action {
    const agent = x.request.headers.get("user-agent");
    x.request.headers.add("x-seen", agent === null ? "" : agent);
    return Action.Continue;
  }

  override onResponse(x: Exchange): Action {
    x.response.headers.add("x-wasm", "ok");
    x.response.headers.remove("x-powered-by");
    return Action.Continue;
  }
}

register<W1>();
