import { Exchange, HttpFilter, Level, register } from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

class First extends HttpFilter {}
class Second extends HttpFilter {}

register<First>("first");
register<Second>("second");

test("a root_id that no filter of a bundle has is refused with its name, and nothing traps", () => {
  const trial = new Trial("", "third");
  expect(trial.accepted).toBe(false);
  expect(trial.problems).toStrictEqual(["root_id: no filter in this module is named third"]);
  expect(trial.logs()[0].level).toBe(Level.Error);
  expect(new Trial("", "").accepted).toBe(false);
  expect(new Trial("", "second").accepted).toBe(true);
});
