import { Action, Exchange, HttpFilter, Level, register } from "meshscript/assembly";
import { onAbort } from "meshscript/assembly/abi/abort";
import { LogLine, Trial } from "meshscript/assembly/testing";

class Failing extends HttpFilter {
  override onRequest(x: Exchange): Action {
    const path = x.request.path;
    if (path == "/bare") onAbort(changetype<string>(0), changetype<string>(0), 0, 0);
    if (path == "/long") onAbort("x".repeat(5000), "filters/f.ts", 1, 1);
    onAbort("bad ä\nvalue", "filters/f.ts", 12, 4294967295);
    return Action.Continue;
  }
}

register<Failing>();

const trial = new Trial();

describe("an abort", () => {
  throws("ends the callback", () => {
    trial.get("/");
  });

  throws("may know nothing", () => {
    trial.get("/bare");
  });

  throws("may have much to say", () => {
    trial.get("/long");
  });

  test("leaves one line that says what and where", () => {
    const lines = trial.logs();
    expect(lines[0]).toStrictEqual(
      new LogLine(Level.Critical, "abort: bad ä\nvalue at filters/f.ts:12:4294967295"),
    );
    expect(lines.length).toBe(3);
    expect(lines[1].text.startsWith("abort: ")).toBe(true);
    expect(lines[2].text.startsWith("abort: xxxx")).toBe(true);
    expect(lines[2].text.length).toBeLessThanOrEqual(1024);
  });
});
