import assert from "node:assert/strict";
import { test } from "node:test";
import { runToolTests } from "../../../tools/cli/testing/tool-tests.js";
import { terminal } from "../../../tools/terminal/index.js";
import { project } from "./support/project.js";

const header = 'import assert from "node:assert";\nimport { describe, test } from "node:test";\n';
const module = '{ "type": "module" }';

async function run(t: import("node:test").TestContext, files: Record<string, string>) {
  const root = project(t, { "package.json": module, ...files });
  let text = "";
  const tally = await runToolTests(root, terminal({ write: (part) => void (text += part) }, {}));
  return { tally, text };
}

test("tests are counted by area, suites are not", async (t) => {
  const { tally, text } = await run(t, {
    "dist/tests/tools/a/one.test.js": `${header}test("1", () => {});\ntest.skip("2", () => {});`,
    "dist/tests/tools/b/two.test.js": `${header}describe("suite", () => { test("3", () => {}); });`,
  });
  assert.deepEqual(tally, { passed: 2, failed: 0, skipped: 1 });
  assert.match(text, /a: 2 tests\n {2}b: 1 test\n/);
});

test("a failing test is shown with its file, name and reason", async (t) => {
  const { tally, text } = await run(t, {
    "dist/tests/tools/a/one.test.js": `${header}test("adds", () => assert.equal(1 + 1, 3));\ntest("2", () => {});`,
  });
  assert.deepEqual(tally, { passed: 1, failed: 1, skipped: 0 });
  assert.match(text, /FAILED dist\/tests\/tools\/a\/one\.test\.js:3 adds\n.*2 == 3/s);
});

test("a test that fails because one within it does is counted once", async (t) => {
  const nested = 'test("outer", async (t) => { await t.test("inner", () => assert.fail("no")); });';
  const { tally } = await run(t, { "dist/tests/tools/a/one.test.js": header + nested });
  assert.deepEqual(tally, { passed: 0, failed: 1, skipped: 0 });
});

test("a file that cannot be loaded is a failure", async (t) => {
  const { tally } = await run(t, { "dist/tests/tools/a/one.test.js": 'import "./missing.js";' });
  assert.deepEqual(tally, { passed: 0, failed: 1, skipped: 0 });
});
