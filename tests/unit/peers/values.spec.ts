import {
  Action,
  Bytes,
  Counter,
  Exchange,
  ForeignStatus,
  Histogram,
  HttpFilter,
  Queue,
  foreign,
  register,
  shared,
} from "meshscript/assembly";
import { Message, Request, Trial } from "meshscript/assembly/testing";

class Reading extends HttpFilter {
  override onRequest(x: Exchange): Action {
    run(x);
    return Action.Continue;
  }
}

register<Reading>();

let run: (x: Exchange) => void = (x: Exchange): void => {};

function seen(request: Message, what: (x: Exchange) => void): Trial {
  run = what;
  const trial = new Trial();
  trial.send(request);
  return trial;
}

describe("a metric", () => {
  test("is not overwritten by being read", () => {
    const counter = new Counter("read");
    counter.increment(41);
    for (let i = 0; i < 3; ++i) expect(counter.value).toBe(41);
  });

  test("is recorded without its number being given again", () => {
    new Histogram("recorded").record(5);
    expect(new Trial().metric("recorded")).toBe(1);
  });
});

describe("what the host has nothing for", () => {
  test("is null, and nothing aborts", () => {
    seen(new Request(), (x: Exchange): void => {
      expect(x.property("no.such.property")).toBeNull();
      expect(x.propertyBytes("no.such.property") === null).toBe(true);
      expect(x.recall("nothing")).toBeNull();
      expect(shared.get("nothing")).toBeNull();
      expect(Queue.resolve("", "nothing") === null).toBe(true);
      expect(foreign.call("nothing", Bytes.ofText("")) === null).toBe(true);
      expect(foreign.status).toBe(ForeignStatus.NotFound);
    });
  });

  test("is told from what is empty", () => {
    seen(new Request().header("x-empty", ""), (x: Exchange): void => {
      expect(x.request.headers.get("x-empty")).toBe("");
      expect(x.request.headers.get("x-absent")).toBeNull();
    });
  });
});

describe("a header", () => {
  test("that is not UTF-8 does not trap, and goes on as it came", () => {
    run = (x: Exchange): void => {
      const odd = x.request.headers.get("x-odd")!;
      x.request.headers.set("x-copy", odd);
      expect(x.request.headers.getBytes("x-odd")!.at(0)).toBe(0xff);
    };
    const odd = new Trial().send(new Request().header("x-odd", "\udcff\udcfe"));
    expect(odd.status).toBe(200);
    expect(odd.upstreamHeader("x-odd")).toBe("\udcff\udcfe");
    expect(odd.upstreamHeader("x-copy")).toBe("\udcff\udcfe");
  });

  test("that stands there twice has both values, and set leaves one", () => {
    run = (x: Exchange): void => {
      expect(x.request.headers.getAll("x-many")).toStrictEqual(["a", "b"]);
      expect(x.request.headers.only("x-many")).toBeNull();
      x.request.headers.set("x-many", "c");
      x.request.headers.add("x-many", "d");
    };
    const many = new Trial().send(new Request().header("x-many", "a").header("x-many", "b"));
    expect(many.upstreamHeaders("x-many")).toStrictEqual(["c", "d"]);
  });
});

describe("what one filter hands to another", () => {
  test("goes through filter state of a key that the host knows, or is refused in the log", () => {
    const trial = seen(new Request(), (x: Exchange): void => {
      expect(x.setFilterState("envoy.string", "kept")).toBe(true);
      expect(x.filterState("envoy.string")).toBe("kept");
      expect(x.setFilterState("my.own.key", "lost")).toBe(false);
      expect(x.remember("mine", "kept, too")).toBe(true);
      expect(x.recall("mine")).toBe("kept, too");
      expect(x.clearRouteCache()).toBe(true);
    });
    expect(trial.logs().length).toBe(1);
    expect(trial.logs()[0].text).toBe("set_envoy_filter_state: the host has no such key: my.own.key");
  });
});
