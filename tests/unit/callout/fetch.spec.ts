import { Call, CallResponse, Outcome } from "meshscript/assembly";
import { Answer, Trial } from "meshscript/assembly/testing";
import { Probe, configures, fetches, newLines, told, trial } from "./probe";

let bodies: string[] = [];
let outcomes: Outcome[] = [];

function note(filter: Probe, response: CallResponse): void {
  bodies.push(response.body.toString());
  outcomes.push(response.outcome);
}

beforeEach(() => {
  bodies = [];
  outcomes = [];
  fetches((filter: Probe): void => filter.fetch(new Call("words", "GET", "/").within(100)), note);
  configures((filter: Probe): void => {});
});

describe("a call of the filter's own", () => {
  test("is answered in the filter", () => {
    trial().callee("words").answers(new Answer().body("hello"));
    trial().tick();
    expect(bodies).toStrictEqual(["hello"]);
    expect(outcomes).toStrictEqual([Outcome.Answered]);
  });

  test("may fail, or be late", () => {
    trial().callee("words").isDown();
    trial().tick();
    trial().callee("words").stalls();
    trial().tick();
    trial().clock.advance(100);
    trial().callee("words").breaksOff();
    trial().tick();
    expect(outcomes).toStrictEqual([Outcome.Failed, Outcome.TimedOut, Outcome.Failed]);
  });

  test("that the host refuses ends when the handler has returned", () => {
    fetches((filter: Probe): void => {
      filter.fetch(new Call("nobody", "GET", "/"));
      expect(told).toBe(0);
    }, note);
    trial().tick();
    expect(outcomes).toStrictEqual([Outcome.Refused]);
    newLines();
  });

  test("may follow another", () => {
    trial().callee("words").answers(new Answer().body("hello"));
    fetches(
      (filter: Probe): void => filter.fetch(new Call("words", "GET", "/1")),
      (filter: Probe, response: CallResponse): void => {
        bodies.push(response.call.path);
        if (bodies.length < 3) filter.fetch(new Call("words", "GET", "/" + (bodies.length + 1).toString()));
      },
    );
    trial().tick();
    expect(bodies).toStrictEqual(["/1", "/2", "/3"]);
  });

  test("may be made when it is configured, and refused then", () => {
    trial().callee("words").answers(new Answer().body("early"));
    configures((filter: Probe): void => {
      filter.fetch(new Call("words", "GET", "/"));
      filter.fetch(new Call("nobody", "GET", "/"));
      expect(told).toBe(0);
    });
    expect(new Trial().accepted).toBe(true);
    expect(bodies).toStrictEqual(["", "early"]);
    expect(outcomes).toStrictEqual([Outcome.Refused, Outcome.Answered]);
  });

  test("comes to nothing when its plugin is gone", () => {
    trial().callee("words").answers(new Answer(), 50);
    const other = new Trial();
    other.tick();
    other.remove();
    trial().clock.advance(50);
    expect(told).toBe(0);
    trial().tick();
    trial().clock.advance(50);
    expect(told).toBe(1);
  });
});

test("a time limit that no host can keep is as good as none", () => {
  trial().callee("words").answers(new Answer());
  fetches((filter: Probe): void => filter.fetch(new Call("words", "GET", "/").within(u32.MAX_VALUE)), note);
  trial().tick();
  fetches((filter: Probe): void => filter.fetch(new Call("words", "GET", "/").within(0)), note);
  trial().tick();
  expect(outcomes).toStrictEqual([Outcome.Answered, Outcome.Answered]);
});

test("nothing else was written to the log", () => {
  expect(newLines()).toStrictEqual([]);
});
