import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { counts } from "../../../tools/cli/testing/counts.js";
import { packageRoot } from "../../../tools/package-root.js";
import { spread, trapsFor, type Trap } from "./plan.js";
import { springTrap } from "./play.js";
import { playedFilters, scenesOf, type Scene } from "./scenes.js";

// `npm run test:long` sets a trap in each function that a request reaches; here it is a few of each filter.

const perFilter = counts.traps.short;
const skip = process.env["MESHSCRIPT_NO_ENVOY"] === undefined ? false : "there is no Envoy";

for (const filter of playedFilters(packageRoot)) {
  describe(`where ${filter} traps`, { skip }, () => {
    let traps: Trap[] = [];
    before(async () => {
      const scenes = (await scenesOf(packageRoot, [filter])).get(filter) ?? [];
      traps = await trapsFor(largest(scenes));
    });

    test(
      "no request passes that should be refused, Envoy lives, and the filter is back",
      { timeout: 300_000 },
      async () => {
        // A filter that refuses nothing has nothing to lose.
        if (traps.length === 0) return;
        const sum = { trapped: 0, recovered: 0 };
        for (const { scene, place, name, cases } of spread(traps, perFilter)) {
          const { trapped, recovered, problems } = await springTrap(scene, place, cases);
          assert.deepEqual(problems, [], `${scene.name}, ${name}`);
          sum.trapped += trapped;
          sum.recovered += recovered;
        }
        assert.ok(sum.trapped >= perFilter && sum.recovered >= perFilter, JSON.stringify(sum));
      },
    );
  });
}

describe("where a host lets requests through after a trap", { skip }, () => {
  test("that is found", { timeout: 300_000 }, async () => {
    const scenes = (await scenesOf(packageRoot, ["api-key"])).get("api-key")!;
    const [scene] = largest(scenes);
    const trap = (await trapsFor([scene!])).find(({ name }) => name.endsWith("proxy_on_request_headers"))!;
    const instance = {
      ...scene!.instance,
      options: { ...scene!.instance.options, failurePolicy: "FAIL_OPEN" as const },
    };
    const { problems } = await springTrap({ ...scene!, instance }, trap.place, trap.cases);
    assert.match(problems.join(), /reached the upstream, answered 200/);
  });
});

/** The scene with most requests, alone. */
function largest(scenes: readonly Scene[]): Scene[] {
  return [...scenes].sort((a, b) => b.cases.length - a.cases.length).slice(0, 1);
}
