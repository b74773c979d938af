import { Action, Exchange, HttpFilter, config, register } from "meshscript/assembly";
import { Request, Trial } from "meshscript/assembly/testing";

let made: i32 = 0;

class Count extends Exchange {
  calls: i32 = 0;
  constructor() {
    super();
    ++made;
  }
}

class Counter extends HttpFilter<Count> {
  name: string = config.text("name", "one");

  override onRequest(x: Count): Action {
    ++x.calls;
    x.request.headers.set("x-name", this.name);
    return Action.Continue;
  }

  override onResponse(x: Count): Action {
    x.response.headers.set("x-calls", (++x.calls).toString());
    x.response.headers.set("x-name", this.name);
    return Action.Continue;
  }
}

class Quiet extends HttpFilter {}

register<Counter>("counter");
register<Quiet>("quiet");

describe("an exchange of its own", () => {
  test("is made for each stream, and kept for its response", () => {
    const trial = new Trial("", "counter");
    made = 0;
    for (let i = 1; i <= 10; ++i) {
      expect(trial.get("/").header("x-calls")).toBe("2");
      expect(made).toBe(i);
    }
  });

  test("is made for each of two streams that are open at once", () => {
    const trial = new Trial("", "counter");
    const one = trial.open(new Request());
    const two = trial.open(new Request());
    expect(one.finish().header("x-calls")).toBe("2");
    expect(two.finish().header("x-calls")).toBe("2");
  });
});

describe("a module with several filters", () => {
  test("gives each plugin the filter of its root_id", () => {
    const counter = new Trial('{"name":"c"}', "counter");
    const quiet = new Trial("", "quiet");
    expect(counter.get("/").upstreamHeader("x-name")).toBe("c");
    expect(quiet.get("/").upstreamHas("x-name")).toBe(false);
    expect(quiet.get("/").status).toBe(200);
  });
});

describe("streams of many plugins", () => {
  test("each meet their own, through reconfigurations", () => {
    const trials: Trial[] = [];
    for (let i = 0; i < 10; ++i) trials.push(new Trial('{"name":"t' + i.toString() + '"}', "counter"));
    for (let round = 0; round < 3; ++round) {
      for (let i = 0; i < trials.length; ++i) {
        const before = round == 0 ? "t" + i.toString() : "r" + round.toString();
        const open = trials[i].open(new Request());
        trials[i].reconfigure('{"name":"r' + (round + 1).toString() + '"}');
        expect(open.seen.upstreamHeader("x-name")).toBe(before);
        expect(open.finish().header("x-name")).toBe(before);
      }
    }
  });

  test("need no more memory however many there were", () => {
    const trial = new Trial('{"name":"flat"}', "counter");
    for (let i = 0; i < 300; ++i) trial.get("/");
    const pages = memory.size();
    for (let i = 0; i < 1500; ++i) trial.get("/");
    expect(memory.size()).toBe(pages);
  });
});
