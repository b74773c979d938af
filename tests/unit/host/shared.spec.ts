import { Action, Bytes, Exchange, HttpFilter, register, shared } from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

class Sharing extends HttpFilter {
  override onRequest(x: Exchange): Action {
    run();
    return Action.Continue;
  }
}

register<Sharing>();

let run: () => void = nothing;

function nothing(): void {}

/** Runs it in a callback. */
function inside(what: () => void): void {
  run = what;
  new Trial().get("/");
}

let interruptions: i32 = 0;

/** Each time somebody else is faster. */
function always(value: string | null): string {
  ++interruptions;
  shared.set("busy", "other");
  return "mine";
}

function once(value: string | null): string {
  if (interruptions++ == 0) shared.set("busy", "other");
  return (value === null ? "nothing" : value) + "+";
}

describe("shared data", () => {
  test("is absent, then what was written, whoever reads it", () => {
    inside(() => {
      expect(shared.get("a")).toBeNull();
      expect(shared.set("a", "ä")).toBe(true);
    });
    inside(() => {
      expect(shared.get("a")).toBe("ä");
      shared.setBytes("a", Bytes.ofText("\udcff"));
      expect(shared.getBytes("a")!.at(0)).toBe(0xff);
    });
  });

  test("that was removed is absent", () => {
    inside(() => {
      shared.set("gone", "x");
      expect(shared.remove("gone")).toBe(true);
      expect(shared.get("gone")).toBeNull();
      expect(shared.getBytes("gone")).toBeNull();
    });
  });
});

describe("compareAndSet", () => {
  test("writes where nobody has written since the value was read", () => {
    inside(() => {
      shared.set("k", "1");
      shared.get("k");
      expect(shared.compareAndSet("k", "2")).toBe(true);
      expect(shared.get("k")).toBe("2");
    });
  });

  test("does not write where somebody has", () => {
    inside(() => {
      shared.set("k", "1");
      shared.get("k");
      shared.set("k", "1");
      expect(shared.compareAndSet("k", "2")).toBe(false);
      expect(shared.get("k")).toBe("1");
    });
  });

  test("writes an absent key only where it is absent still", () => {
    inside(() => {
      shared.get("new");
      expect(shared.compareAndSetBytes("new", Bytes.ofText("first"))).toBe(true);
      shared.get("newer");
      shared.set("newer", "theirs");
      expect(shared.compareAndSet("newer", "mine")).toBe(false);
    });
  });

  test("keeps several keys apart", () => {
    inside(() => {
      shared.set("p", "1");
      shared.set("q", "1");
      shared.get("p");
      shared.get("q");
      shared.set("q", "2");
      expect(shared.compareAndSet("q", "3")).toBe(false);
      expect(shared.compareAndSet("p", "3")).toBe(true);
    });
  });

  test("does not write what this callback has not read", () => {
    inside(() => {
      shared.set("k", "1");
      shared.get("k");
    });
    inside(() => {
      expect(shared.compareAndSet("k", "2")).toBe(false);
    });
  });
});

describe("update", () => {
  test("changes the value that is there in the end", () => {
    interruptions = 0;
    inside(() => {
      shared.remove("busy");
      expect(shared.update("busy", once)).toBe(true);
      expect(shared.get("busy")).toBe("other+");
    });
    expect(interruptions).toBe(2);
  });

  test("gives up where others are always faster, and says so", () => {
    interruptions = 0;
    const trial = new Trial();
    run = () => {
      expect(shared.update("busy", always)).toBe(false);
      expect(shared.get("busy")).toBe("other");
    };
    trial.get("/");
    expect(interruptions).toBe(100);
    expect(trial.logs()[0].text).toBe("shared data: others kept changing busy");
  });

  test("works on bytes, too", () => {
    inside(() => {
      shared.set("bytes", "ab");
      shared.updateBytes("bytes", (value) => value!.slice(1));
      expect(shared.get("bytes")).toBe("b");
    });
  });
});

describe("a shared number", () => {
  test("begins at 0, and each addition counts", () => {
    inside(() => {
      expect(shared.add("n", 3)).toBe(3);
      expect(shared.add("n", -10)).toBe(-7);
      expect(shared.add("n", 0)).toBe(-7);
      expect(shared.get("n")).toBe("-7");
    });
  });

  test("has 64 bits", () => {
    inside(() => {
      expect(shared.add("wide", i64.MAX_VALUE)).toBe(i64.MAX_VALUE);
      expect(shared.add("wide", 1)).toBe(i64.MIN_VALUE);
      expect(shared.get("wide")).toBe("-9223372036854775808");
      expect(shared.add("wide", 1)).toBe(i64.MIN_VALUE + 1);
    });
  });

  test("is 0 where the value is no number", () => {
    inside(() => {
      const odd = ["x", "1x", "-", "1.5", "123456789012345678901"];
      for (let i = 0; i < odd.length; ++i) {
        shared.set("odd", odd[i]);
        expect(shared.add("odd", 1)).toBe(1);
      }
    });
  });
});
