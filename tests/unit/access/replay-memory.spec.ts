import { Action, Bytes, Exchange, HttpFilter, ReplayMemory, Use, register } from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

class Using extends HttpFilter {
  override onRequest(x: Exchange): Action {
    run();
    return Action.Continue;
  }
}

register<Using>();

let run: () => void = nothing;

function nothing(): void {}

/** Runs it in a callback. */
function inside(what: () => void): void {
  run = what;
  new Trial().get("/");
}

/** The second at which specs begin. */
const START: u64 = 1767225600;
const memory = new ReplayMemory(4096);

function use(text: string, until: u64 = START + 60): Use {
  return memory.use(ReplayMemory.markOf(Bytes.ofText(text)), until);
}

describe("a replay memory", () => {
  test("knows what was used, whoever asks", () => {
    inside(() => {
      expect(use("a")).toBe(Use.First);
      expect(use("b")).toBe(Use.First);
      expect(use("a")).toBe(Use.Again);
    });
    inside(() => {
      expect(use("a")).toBe(Use.Again);
      expect(new ReplayMemory(100000).use(ReplayMemory.markOf(Bytes.ofText("b")), START + 60)).toBe(
        Use.Again,
      );
    });
  });

  test("forgets what has expired, and no sooner", () => {
    const trial = new Trial();
    run = () => expect(use("short", START + 10)).toBe(Use.First);
    trial.get("/");
    trial.clock.advance(10_000);
    run = () => expect(use("short", START + 10)).toBe(Use.Again);
    trial.get("/");
    trial.clock.advance(1_000);
    run = () => expect(use("short", START + 20)).toBe(Use.First);
    trial.get("/");
  });

  test("does not know any more where too much is to be remembered at once, until some of it has expired", () => {
    inside(() => {
      // 4096 marks are one for each list; a list has room for twice that and 32 more.
      let firsts = 0;
      let number = 0;
      let last = Use.First;
      for (let seen = 0; seen < 40; ++number) {
        const mark = ReplayMemory.markOf(Bytes.ofText(number.toString()));
        if (load<u32>(changetype<usize>(mark)) % 4096 != 7) continue;
        ++seen;
        last = memory.use(mark, START + 100);
        if (last == Use.First) ++firsts;
      }
      expect(firsts).toBe(34);
      expect(last).toBe(Use.Unknown);
    });
  });
});
