// switch: MESHSCRIPT_COLLECT=1
import { Action, Exchange, HttpFilter, register } from "meshscript/assembly";
import { collectNow } from "meshscript/assembly/abi/collect";
import { Trial } from "meshscript/assembly/testing";

class Copier extends HttpFilter {
  override onRequest(x: Exchange): Action {
    const value = x.request.headers.get("x-value");
    x.request.headers.set("x-copy", value === null ? "" : value + "!");
    return Action.Continue;
  }
}

register<Copier>();

test("a module that collects between callbacks keeps what it needs", () => {
  const trial = new Trial("{}");
  for (let i = 0; i < 200; ++i) {
    collectNow();
    const value = "v".repeat(500) + i.toString();
    expect(trial.get("/", ["x-value", value]).upstreamHeader("x-copy")).toBe(value + "!");
  }
});
