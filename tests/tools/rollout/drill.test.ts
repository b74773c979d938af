import assert from "node:assert/strict";
import { before, test } from "node:test";
import { needEnvoy } from "../../../tools/envoy/find.js";
import { withoutEnvoy } from "../cli/support/envoy.js";
import { temporaryFolder } from "../envoy/support/setup.js";
import { drill } from "./drill/drill.js";
import { checks, type Drill } from "./drill/stage.js";

/** The short form of `npm run e2e:rollout`. */
const short = { swaps: 3, badEvery: 2, http1: 12, http2: 4 };
const skip = withoutEnvoy;
let result: Drill;

before(async () => {
  if (skip) return;
  result = await drill({ binary: (await needEnvoy()).path, folder: temporaryFolder(), ...short });
});

for (const [check, name] of Object.entries(checks))
  test(`under load, ${name}`, { skip }, () => {
    const problems = result.problems.filter((problem) => problem.check === check);
    assert.deepEqual(problems, []);
  });

test("a drill swaps, refuses and counts as much as it says", { skip }, () => {
  assert.ok(result.requests > 100, `${result.requests} requests`);
  assert.equal(result.settingMs.length + result.moduleMs.length, short.swaps * 2);
  assert.ok(result.moduleMs.length > 0, "a module changed");
  assert.deepEqual([result.refusedBefore, result.refusedLive], [1, 2]);
});
