import assert from "node:assert/strict";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { build } from "../../../tools/build/index.js";
import { configured, type Verdict } from "../../../tools/validate/run/index.js";
import { project } from "../cli/support/project.js";
import { gate } from "./support/filters.js";

type Judge = (note: string, limitMs?: number) => Promise<Verdict>;

async function judge(t: TestContext): Promise<Judge> {
  const folder = project(t, gate);
  const { wasmPath } = await build({ entry: join(folder, "filters/gate"), outDir: join(folder, "build") });
  const filter = { name: "gate", wasm: wasmPath, rootId: "", environment: {}, options: {} };
  return (note, limitMs) => {
    const configuration = JSON.stringify({ credentials: [{ key: "k", client: "c" }], note });
    return configured({ ...filter, configuration }, limitMs);
  };
}

test("a module that never comes to an end is ended, and the next one is judged", async (t) => {
  const judged = await judge(t);
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

test("while this thread is busy, as with compiling, no module's time runs out", async (t) => {
  const judged = await judge(t);
  await judged("calm");
  const verdict = judged("calm", 1500);
  await new Promise(setImmediate);
  for (const end = Date.now() + 2500; Date.now() < end; );
  assert.equal((await verdict).failure, null);
});
