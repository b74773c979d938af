import { Action, Exchange, HttpFilter, Level, config, register } from "meshscript/assembly";
import { OpenExchange, Request, Trial } from "meshscript/assembly/testing";

class Busy extends Exchange {
  seen: i32 = 0;
}

class Quiet extends HttpFilter<Busy> {
  password: string = config.text("password");

  override onRequest(x: Busy): Action {
    ++x.seen;
    x.request.headers.add("x-added", "1");
    return Action.Continue;
  }

  override onResponse(x: Busy): Action {
    ++x.seen;
    return Action.Continue;
  }

  override onLog(x: Busy): void {
    ++x.seen;
  }
}

register<Quiet>();

describe("a filter that logs nothing", () => {
  test("costs no line at any level, however many streams are open", () => {
    const trial = new Trial('{"password":"secret"}');
    trial.logLevel(Level.Trace);
    const open: OpenExchange[] = [];
    for (let i = 0; i < 500; ++i) open.push(trial.open(new Request()));
    trial.get("/");
    for (let i = 0; i < open.length; ++i) open[i].finish();
    trial.reconfigure('{"password":"other"}');
    trial.remove();
    expect(trial.logs().length).toBe(0);
  });

  test("does not show its configuration where it is refused either", () => {
    const trial = new Trial('{"password":7,"passphrase":"secret"}');
    for (let i = 0; i < trial.logs().length; ++i) expect(trial.logs()[i].text.includes("secret")).toBe(false);
    expect(trial.accepted).toBe(false);
  });
});
