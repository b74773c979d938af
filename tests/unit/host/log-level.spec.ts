// switch: MESHSCRIPT_NO_LOG_LEVEL=1
import { Level, log } from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

test("where the host has no look-up for the level, each line is left to the host", () => {
  new Trial().logLevel(Level.Error);
  log.refreshLevel();
  expect(log.enabled(Level.Trace)).toBe(true);
});
