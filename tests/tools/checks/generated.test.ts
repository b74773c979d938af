import assert from "node:assert/strict";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { currentConfigs } from "../../../tools/checks/generated.js";
import { meshscript } from "../cli/support/command.js";
import { hello, project } from "../cli/support/project.js";
import { places } from "./support/tree.js";

test("committed configuration is current after it was written, and not after its manifest changed", async (t) => {
  const root = project(t, hello);
  assert.deepEqual(await places(currentConfigs, root), ["envoy-config/hello.yaml"], "never written");
  const written = await meshscript(["config", "--target", "envoy", "--write"], root);
  assert.deepEqual([written.code, written.stdout], [0, "envoy-config/hello.yaml written\n"]);
  assert.deepEqual(await places(currentConfigs, root), []);
  appendFileSync(join(root, "filters/hello/filter.yaml"), "failure_policy: FAIL_CLOSED\n");
  assert.deepEqual(await places(currentConfigs, root), ["envoy-config/hello.yaml"]);
  const checked = await meshscript(["config", "--target", "envoy", "--check"], root);
  assert.deepEqual(
    [checked.code, checked.stdout.split("\n")[0]],
    [1, "envoy-config/hello.yaml is not current"],
  );
});

test("a committed configuration of no filter is found", async (t) => {
  const root = project(t, { "envoy-config/gone.yaml": "" });
  writeFileSync(join(root, "envoy-config/README.md"), "");
  assert.deepEqual(await places(currentConfigs, root), ["envoy-config/gone.yaml"]);
});
