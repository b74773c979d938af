import { Action, Exchange, HttpFilter, Level, log, register } from "meshscript/assembly";
import { LogLine, Trial } from "meshscript/assembly/testing";

class Talker extends HttpFilter {
  override onRequest(x: Exchange): Action {
    log.trace("a");
    log.debug("b");
    log.info("c ä");
    log.warn("d");
    log.error("e");
    log.critical("f");
    return Action.Continue;
  }
}

register<Talker>();

const ALL: LogLine[] = [
  new LogLine(Level.Trace, "a"),
  new LogLine(Level.Debug, "b"),
  new LogLine(Level.Info, "c ä"),
  new LogLine(Level.Warn, "d"),
  new LogLine(Level.Error, "e"),
  new LogLine(Level.Critical, "f"),
];

describe("a log line", () => {
  test("has a level and a text", () => {
    const trial = new Trial();
    trial.get("/");
    expect(trial.logs()).toStrictEqual(ALL);
    expect(log.enabled(Level.Trace)).toBe(true);
  });

  test("of a disabled level is not written", () => {
    const trial = new Trial();
    trial.logLevel(Level.Error);
    trial.get("/");
    expect(trial.logs()).toStrictEqual(ALL.slice(4));
  });

  test("of a disabled level does not even reach the host", () => {
    expect(log.enabled(Level.Warn)).toBe(false);
    expect(log.enabled(Level.Error)).toBe(true);
  });

  test("is written again once the level was lowered and another line was written", () => {
    const trial = new Trial();
    trial.logLevel(Level.Trace);
    trial.get("/");
    trial.get("/");
    expect(trial.logs()).toStrictEqual(ALL.slice(4).concat(ALL));
  });
});
