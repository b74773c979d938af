import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { formatSnapshots, parseSnapshots } from "../../../tools/unit/run/snapshot-file.js";
import { makeProject } from "./project.js";
import type { Project } from "./project.js";

const FILE = "__snapshots__/s.spec.snap";
const specOf = (...values: string[]): Record<string, string> => ({
  "s.spec.ts": values
    .map((value, i) => `test("t${i}", () => { expect("${value}").toMatchSnapshot(); });`)
    .join("\n"),
});

let project: Project;
before(async () => {
  project = await makeProject(specOf("one", "two"));
});
after(() => project.remove());

const run = (policy = {}): Promise<{ ok: boolean; said: string }> => project.runOne("s.spec.ts", policy);
const stored = (): Promise<string> => readFile(join(project.folder, FILE), "utf8");

test("a build server writes no new snapshots", async () => {
  const { ok, said } = await run({ ci: true });
  assert.equal(ok, false);
  assert.match(said, /snapshot missing: .*t0.*\n.*not written, as CI is set/);
  await assert.rejects(stored());
});

test("new snapshots are written and then hold", async () => {
  assert.equal((await run()).ok, true);
  assert.match(await stored(), /exports\[`t0!~\[0\]`\] = `"one"`;/);
  assert.equal((await run({ ci: true })).ok, true);
});

test("a changed value is red, with the difference, until it is taken over", async () => {
  const before = await stored();
  await project.write(specOf("one", "changed"));
  const { ok, said } = await run();
  assert.equal(ok, false);
  assert.match(said, /snapshot differs: .*t1.*\n +- "two"\n +\+ "changed"\n.*--update/);
  assert.equal(await stored(), before);
  assert.equal((await run({ update: true })).ok, true);
  assert.match(await stored(), /"changed"/);
});

test("an obsolete snapshot is red until it is taken out", async () => {
  await project.write(specOf("one"));
  const { ok, said } = await run();
  assert.equal(ok, false);
  assert.match(said, /snapshot obsolete: .*t1/);
  assert.equal((await run({ update: true })).ok, true);
  assert.doesNotMatch(await stored(), /t1/);
});

test("a failing spec changes no snapshot", async () => {
  const before = await stored();
  await project.write({
    "s.spec.ts": 'test("other", () => { expect(1).toMatchSnapshot(); expect(1).toBe(2); });',
  });
  assert.equal((await run({ update: true })).ok, false);
  assert.equal(await stored(), before);
});

test("any text survives the file", () => {
  const all = new Map([
    ["a `name`", "back\\slash, `ticks` and \\` both"],
    ["lines", "one\n\ntwo`;\n"],
    ["empty", ""],
  ]);
  assert.deepEqual(parseSnapshots(formatSnapshots(all)), all);
});
