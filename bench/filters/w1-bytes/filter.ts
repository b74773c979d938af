// The workload W1 through views on bytes: the value is passed on without becoming text.
import { Action, Exchange, HttpFilter, register } from "meshscript/assembly";

class W1 extends HttpFilter {
  override onRequest(x: Exchange): Action {
    const agent = x.request.headers.getBytes("user-agent");
    if (agent === null) x.request.headers.add("x-seen", "");
    else x.request.headers.addBytes("x-seen", agent);
    return Action.Continue;
  }

  override onResponse(x: Exchange): Action {
    x.response.headers.add("x-wasm", "ok");
    x.response.headers.remove("x-powered-by");
    return Action.Continue;
  }
}

register<W1>();
