import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { SpecReport } from "../../../tools/unit/index.js";
import { makeProject } from "./project.js";
import type { Project } from "./project.js";

const SPECS = {
  "green.spec.ts": `
describe("sums", () => {
  test("adds", () => { expect(1 + 1).toBe(2); });
  todo("subtracts");
});`,
  "red.spec.ts": `
describe("sums", () => {
  test("adds wrongly", () => {
    expect(1 + 1).toBe(3, "two is not three");
  });
  test("divides by zero", () => { let none = 0; expect(1 / none).toBe(1); });
  test("goes on", () => { expect(1).toBe(1); });
  throws("does not throw", () => {});
});`,
  "talks.spec.ts": `class Pair { left: i32 = 1; right: string = "two"; }
test("says what it saw", () => { log(new Pair()); });`,
  "broken.spec.ts": `test("never runs", () => {
  const text: string = 5;
});`,
  "empty.spec.ts": "export const nothing = 0;",
  "outside.spec.ts": `test("fine", () => {});
expect("here").toBe("there");`,
  "group.spec.ts": `describe("a group", () => { throw new Error("fails while it is collected"); });
test("fine", () => {});`,
};

let project: Project;
let report: SpecReport;
let text: string;

before(async () => {
  project = await makeProject(SPECS);
  ({ report, text } = await project.run());
});
after(() => project.remove());

function about(spec: string): { ok: boolean; said: string } {
  const found = report.specs.find((result) => result.spec === spec)!;
  return { ok: found.ok, said: found.details.join("\n") };
}

test("a green spec is one line, todos counted", () => {
  assert.match(text, /^✓ green\.spec\.ts {2}1 test, 1 todo {2}\d+\.\d s$/m);
  assert.equal(about("green.spec.ts").said, "");
});

test("a failed assertion is red, with what was, what should be, why and where", () => {
  const { ok, said } = about("red.spec.ts");
  assert.equal(ok, false);
  assert.match(text, /^✗ red\.spec\.ts {2}4 tests, 3 failed/m);
  assert.match(
    said,
    /sums › adds wrongly\n {2}Actual: {3}2\n {2}Expected: 3\n {2}Message: {2}two is not three\n {2}at red\.spec\.ts:4:/,
  );
  assert.doesNotMatch(said, /goes on/);
});

test("a trap says what it was, not what an earlier test compared", () => {
  assert.match(
    about("red.spec.ts").said,
    /divides by zero\n {2}RuntimeError: divide by zero\n {2}at red\.spec\.ts:6:/,
  );
});

test("a test that should throw and returns is red", () => {
  assert.match(about("red.spec.ts").said, /does not throw\n {2}Expected: throws/);
});

test("logged values are shown for a green test too", () => {
  const { ok, said } = about("talks.spec.ts");
  assert.equal(ok, true);
  assert.match(said, /says what it saw\n {2}log: Pair \{\n +left: 1,\n +right: "two"\n/);
});

test("a compile error is shown with file, line and column", () => {
  const { ok, said } = about("broken.spec.ts");
  assert.equal(ok, false);
  assert.match(said, /does not compile\n {2}broken\.spec\.ts:2:24: Type 'i32' is not assignable.*\n.*= 5;/);
});

test("a spec without a test fails", () => {
  assert.deepEqual(about("empty.spec.ts"), { ok: false, said: "runs no test" });
});

test("a failure outside of any test fails the spec", () => {
  const { ok, said } = about("outside.spec.ts");
  assert.equal(ok, false);
  assert.match(
    said,
    /outside of any test\n {2}Actual: {3}"here"\n {2}Expected: "there"\n {2}at outside\.spec\.ts/,
  );
});

test("a failure while tests are collected fails the spec", () => {
  const { ok, said } = about("group.spec.ts");
  assert.equal(ok, false);
  assert.match(said, /a group\n {2}Message: {2}fails while it is collected/);
});

test("the run is red and ends with totals", () => {
  assert.equal(report.ok, false);
  assert.match(text, /^7 spec files, 5 failed: \d+ tests, \d+ failed, 1 todo$/m);
});

test("naming files runs just those", async () => {
  const { report } = await project.run({ specs: ["green.spec.ts"] });
  assert.deepEqual(
    report.specs.map(({ spec, ok }) => ({ spec, ok })),
    [{ spec: "green.spec.ts", ok: true }],
  );
  assert.equal(report.ok, true);
});

test("nothing to run is an error of its own", async () => {
  await assert.rejects(project.run({ specs: ["nowhere"] }), /nowhere: no such file or folder/);
});
