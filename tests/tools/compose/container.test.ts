import assert from "node:assert/strict";
import { test } from "node:test";
import { startContainer } from "../../../tools/compose/container.js";
import { project } from "../../../tools/compose/project.js";
import { fakeDocker } from "./support/fake-docker.js";

/** What a container of the service says before it ends, or docker in its place. */
function starting(says: string, port?: number) {
  const docker = fakeDocker({ "*' run '*": `echo '${says}' >&2; exit 1` });
  const program = `${docker.environment.PATH!.split(":")[0]}/docker`;
  const { environment } = docker;
  const own = project({ name: "shop", compose: { program, leading: ["compose"] }, environment });
  const options = { project: own, docker: { program, environment }, name: "shop-1", variables: {}, port };
  const runs = () => docker.calls().filter((call) => call.includes(" run ")).length;
  const removals = () => docker.calls().filter((call) => call === "rm --force shop-1").length;
  return { started: startContainer(options), runs, removals };
}

const taken = "Error response from daemon: driver failed: Bind for 127.0.0.1:4000: port is already allocated";

test("tells what was said by a container that ended, and removes what is left of it", async () => {
  const { started, runs, removals } = starting("no such field");
  const outcome = await started;
  assert.ok(!outcome.ready);
  assert.equal(outcome.ending, "exit code 1");
  assert.deepEqual(
    outcome.lines.map(({ text }) => text),
    ["no such field"],
  );
  assert.deepEqual([runs(), removals()], [1, 1]);
});

test("takes other ports where another process was faster, but never in place of one that was asked for", async () => {
  const free = starting(taken);
  const fixed = starting(taken, 4000);
  assert.ok(!(await free.started).ready);
  assert.ok(!(await fixed.started).ready);
  assert.deepEqual([free.runs(), fixed.runs()], [3, 1]);
});
