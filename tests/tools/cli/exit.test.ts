import assert from "node:assert/strict";
import { test } from "node:test";
import { parseArgs } from "node:util";
import { UsageError, exitCodeOf, named } from "../../../tools/cli/exit.js";
import { UserError } from "../../../tools/errors.js";

/** Exit code and standard error of work that throws. */
async function outcome(t: import("node:test").TestContext, work: () => Promise<number>) {
  let said = "";
  t.mock.method(process.stderr, "write", (text: string) => ((said += text), true));
  const code = await exitCodeOf(work);
  t.mock.restoreAll();
  return { code, said };
}

test("work that ends well keeps its exit code", async (t) => {
  assert.deepEqual(await outcome(t, async () => 1), { code: 1, said: "" });
});

test("a user's mistake is told with its hint and without a stack", async (t) => {
  const { code, said } = await outcome(t, () => Promise.reject(new UserError("that is wrong", "Do this.")));
  assert.deepEqual([code, said], [1, "error: that is wrong\nDo this.\n"]);
});

test("wrong use is exit code 2", async (t) => {
  const { code } = await outcome(t, () => Promise.reject(new UsageError("not so")));
  assert.equal(code, 2);
});

test("a flag that Node does not know is wrong use", async (t) => {
  const { code, said } = await outcome(t, async () => (parseArgs({ args: ["--what"], options: {} }), 0));
  assert.equal(code, 2);
  assert.match(said, /^error: Unknown option '--what'/);
});

test("a bug shows its stack", async (t) => {
  const { code, said } = await outcome(t, () => Promise.reject(new TypeError("oops")));
  assert.equal(code, 1);
  assert.match(said, /^TypeError: oops\n +at /);
});

test("a mistake in what was named on the command line is wrong use", () => {
  const find = () => {
    throw new UserError("no such filter", "Known: a.");
  };
  assert.throws(
    () => named(find),
    (error: Error) => error instanceof UsageError && error.hint === "Known: a.",
  );
});
