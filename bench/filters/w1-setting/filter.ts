// The workload W1 with a setting: its module has to tell plugins apart.
import { Action, Exchange, HttpFilter, config, register } from "meshscript/assembly";

class W1 extends HttpFilter {
  mark: string = config.text("mark", "ok");

  override onRequest(x: Exchange): Action {
    const agent = x.request.headers.get("user-agent");
    x.request.headers.add("x-seen", agent === null ? "" : agent);
    return Action.Continue;
  }

  override onResponse(x: Exchange): Action {
    x.response.headers.add("x-wasm", this.mark);
    x.response.headers.remove("x-powered-by");
    return Action.Continue;
  }
}

register<W1>();
