// switch: MESHSCRIPT_BUILT=1
import { Action, Exchange, HttpFilter, register } from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

let made: i32 = 0;

class Same extends HttpFilter {
  constructor() {
    super();
    ++made;
  }

  override onRequest(x: Exchange): Action {
    x.request.headers.set("x-same", "1");
    return Action.Continue;
  }
}

register<Same>();

test("plugins that cannot differ share one filter", () => {
  const one = new Trial();
  const two = new Trial("{}");
  expect(one.get("/").upstreamHeader("x-same")).toBe("1");
  expect(two.get("/").upstreamHeader("x-same")).toBe("1");
  one.remove();
  expect(two.get("/").upstreamHeader("x-same")).toBe("1");
  expect(made).toBe(1);
});
