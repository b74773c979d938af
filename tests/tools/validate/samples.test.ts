import assert from "node:assert/strict";
import { test } from "node:test";
import { clusterProblems } from "./support/cluster.js";
import { crdOf, published } from "./support/crds.js";
import { allSamples, saidOf, spoilt, type Samples } from "./support/samples.js";

for (const samples of allSamples()) {
  const { type, accepted, refused } = samples;

  test(`${type}: what a cluster takes is taken`, () => {
    for (const object of accepted) assert.deepEqual(saidOf(object), []);
  });

  for (const one of refused) {
    test(`${type} is refused: ${one.says}`, () =>
      assert.deepEqual(saidOf(spoilt(accepted, one)), [one.says].flat()));
  }

  if (published[type])
    test(`the published definition of ${type} agrees with all samples`, (t) => agreeing(samples, t));
}

async function agreeing({ type, accepted, refused }: Samples, t: { skip(why: string): void }): Promise<void> {
  const found = await crdOf(type);
  if ("absent" in found) return t.skip(found.absent);
  for (const object of accepted) assert.deepEqual(clusterProblems(found.crd, object), []);
  for (const one of refused.filter(({ unproven }) => !unproven)) {
    const problems = clusterProblems(found.crd, spoilt(accepted, one));
    assert.notDeepEqual(problems, [], `the cluster takes what is refused here: ${one.says}`);
  }
}
