import assert from "node:assert/strict";
import { test } from "node:test";
import { UsageError } from "../../../tools/cli/exit.js";
import { findInputs } from "../../../tools/cli/testing/inputs.js";
import { project } from "./support/project.js";

const usual = { "tests/unit/a.spec.ts": "", "tests/traffic/a.yaml": "", "other/b.spec.ts": "" };

test("without paths, tests/unit and tests/traffic are tested", (t) => {
  const found = findInputs(project(t, usual), []);
  assert.deepEqual(found, { specs: ["tests/unit/a.spec.ts"], traffic: ["tests/traffic/a.yaml"] });
});

test("a folder without them is searched as a whole, except for what is generated or installed", (t) => {
  const files = {
    "hello/filter.yaml": "",
    "hello/hello.spec.ts": "",
    "hello/traffic/hello.yaml": "",
    "build/b.spec.ts": "",
    "dist/b.spec.ts": "",
    ".cache/b.spec.ts": "",
  };
  const found = findInputs(project(t, files), []);
  assert.deepEqual(found, { specs: ["hello/hello.spec.ts"], traffic: ["hello/traffic/hello.yaml"] });
});

test("a file that is named is tested wherever it lies", (t) => {
  const found = findInputs(project(t, { ...usual, "cases.yaml": "" }), ["cases.yaml", "other"]);
  assert.deepEqual(found, { specs: ["other/b.spec.ts"], traffic: ["cases.yaml"] });
});

test("what is named twice is tested once", (t) => {
  const found = findInputs(project(t, usual), ["tests/traffic", "tests/traffic/a.yaml"]);
  assert.deepEqual(found.traffic, ["tests/traffic/a.yaml"]);
});

test("nothing to test is wrong use", (t) => {
  const folder = project(t, { "docs/a.md": "" });
  assert.throws(
    () => findInputs(folder, ["docs"]),
    (error) => error instanceof UsageError,
  );
});
