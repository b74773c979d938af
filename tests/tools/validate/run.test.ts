import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "../../../tools/build/index.js";
import { configured } from "../../../tools/validate/run/index.js";
import { project } from "../cli/support/project.js";
import { gate } from "./support/filters.js";

test("a module that never comes to an end is ended, and the next one is judged", async (t) => {
  const folder = project(t, gate);
  const { wasmPath } = await build({ entry: join(folder, "filters/gate"), outDir: join(folder, "build") });
  const judged = (note: string, limitMs?: number) => {
    const configuration = JSON.stringify({ credentials: [{ key: "k", client: "c" }], note });
    const instance = {
      name: "gate",
      wasm: wasmPath,
      rootId: "",
      configuration,
      environment: {},
      options: {},
    };
    return configured(instance, limitMs);
  };
  const verdicts = await Promise.all([judged("loop", 1500), judged("calm"), judged("crash")]);
  assert.deepEqual(
    verdicts.map(({ failure }) => failure),
    [
      "it is not configured within 1.5 s",
      null,
      "Function: proxy_on_configure failed: Uncaught RuntimeError: unreachable",
    ],
  );
});
