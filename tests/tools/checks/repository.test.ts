import assert from "node:assert/strict";
import { test } from "node:test";
import { checks } from "../../../tools/checks/all.js";
import { cleanLibrary } from "../../../tools/checks/compiler.js";
import { currentConfigs } from "../../../tools/checks/generated.js";
import { formatting, linting, types } from "../../../tools/checks/programs.js";
import { workingSnippets } from "../../../tools/checks/snippets.js";
import { packageRoot } from "../../../tools/package-root.js";

/** Left to `npm run check`. */
const slow = [types, linting, formatting, cleanLibrary, currentConfigs, workingSnippets];

for (const check of checks.filter((one) => !slow.includes(one) && !one.advisory)) {
  test(`this repository keeps its promise: ${check.name}`, async () => {
    assert.deepEqual(await check.run(packageRoot), []);
  });
}
