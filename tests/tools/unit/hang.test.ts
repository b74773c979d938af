import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { makeProject } from "./project.js";
import type { Project } from "./project.js";

let project: Project;
before(async () => {
  project = await makeProject({
    "a.spec.ts": `describe("loops", () => {
  test("ends", () => {});
  test("never ends", () => { while (true) {} });
});`,
    "b.spec.ts": 'test("is run all the same", () => {});',
  });
});
after(() => project.remove());

test("a spec that hangs is ended and named, with its test, and the others run", async () => {
  const { report, text } = await project.run({ timeoutMs: 15_000 });
  assert.equal(report.ok, false);
  assert.match(
    text,
    /✗ a\.spec\.ts.*\n +still running after 15 s, in "loops › never ends": ended\n✓ b\.spec\.ts/,
  );
});
