// switch: MESHSCRIPT_PLAIN=1
// switch: MESHSCRIPT_BUILT=1
import { Action, Exchange, HttpFilter, register } from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

class Plain extends HttpFilter {
  override onRequest(x: Exchange): Action {
    return x.request.path == "/no" ? x.reply(403) : Action.Continue;
  }

  override onResponse(x: Exchange): Action {
    x.response.headers.set("x-plain", "1");
    return Action.Continue;
  }
}

register<Plain>();

describe("a module of one filter without settings and state", () => {
  test("takes no settings", () => {
    expect(new Trial("{}").accepted).toBe(true);
    expect(new Trial('{"a":1}').problems).toStrictEqual(["this filter takes no settings"]);
  });

  test("serves every stream", () => {
    const trial = new Trial();
    expect(trial.get("/").header("x-plain")).toBe("1");
    expect(trial.get("/no").status).toBe(403);
  });
});
