import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { build } from "../../../tools/build/index.js";
import { fuzzFilter } from "../../../tools/fuzz/fuzz-filter.js";
import { runOnce } from "../../../tools/fuzz/run.js";
import type { Subject } from "../../../tools/fuzz/subject.js";
import { packageRoot } from "../../../tools/package-root.js";

const folder = mkdtempSync(join(packageRoot, "build", "fuzz-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A filter that does what its handler of requests says. */
async function subject(handler: string): Promise<Subject> {
  const file = join(folder, "broken.ts");
  writeFileSync(
    file,
    `import { Action, Exchange, HttpFilter, config, log, register } from "meshscript/assembly";
    class Broken extends HttpFilter {
      key: string = config.text("key", "");
      override onRequest(x: Exchange): Action { ${handler} return Action.Continue; }
    }
    register<Broken>();`,
  );
  const { binary } = await build({ entry: file, outDir: folder });
  const plain = { rootId: "", kind: "http", environment: {}, allowOnHeadersStopIteration: false } as const;
  return { name: "broken", wasm: binary, samples: ['{"key":"k"}'], ...plain };
}

test("a filter that traps is found, and its seed finds it again", { timeout: 300_000 }, async () => {
  const one = await subject('if (x.request.headers.has("cookie")) unreachable();');
  const { findings } = await fuzzFilter(one, { seed: 4_294_967_290, runs: 60 });
  const { seed, kind, details } = findings[0]!;
  assert.match(`${kind}: ${details}`, /^trap: .*unreachable/);
  const again = runOnce(one, new WebAssembly.Module(one.wasm as BufferSource), seed);
  assert.deepEqual([again?.kind, again?.details], [kind, details]);
});

test(
  "a filter that does not end is found, and the runs after it take place",
  { timeout: 300_000 },
  async () => {
    const one = await subject('while (x.request.headers.has("cookie")) {}');
    const { findings } = await fuzzFilter(one, { seed: 1, runs: 60, hangMs: 3000 });
    assert.ok(findings.length > 1);
    assert.ok(findings.every(({ kind }) => kind === "hang"));
  },
);
