import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { build } from "../../../tools/build/index.js";
import type { Guard } from "../../../tools/fuzz/guards/guard.js";
import { guardedFilters, guardOf } from "../../../tools/fuzz/guards/index.js";
import { guarded } from "../../../tools/fuzz/modes/guarded.js";
import { Watch } from "../../../tools/fuzz/oracles/watch.js";
import type { Loaded } from "../../../tools/fuzz/run.js";
import { packageRoot } from "../../../tools/package-root.js";
import { randomOf } from "../../../tools/parity/random.js";

const folder = mkdtempSync(join(packageRoot, "build", "guards-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A filter that lets everything pass. */
let open: Uint8Array;
before(async () => {
  const file = join(folder, "open.ts");
  writeFileSync(
    file,
    `import { Action, Exchange, HttpFilter, register } from "meshscript/assembly";
    class Open extends HttpFilter {
      override onRequest(x: Exchange): Action { return Action.Continue; }
      override onResponse(x: Exchange): Action {
        x.response.headers.set("access-control-allow-origin", "*");
        return Action.Continue;
      }
    }
    register<Open>();`,
  );
  open = (await build({ entry: file, outDir: folder })).binary;
});

function loaded(wasm: Uint8Array, name: string): Loaded {
  const plain = {
    rootId: "",
    kind: "http" as const,
    environment: {},
    samples: [],
    allowOnHeadersStopIteration: true,
  };
  const module = new WebAssembly.Module(wasm as BufferSource);
  return {
    subject: { name, wasm, ...plain },
    module,
    watch: new Watch(name),
    tally: { judged: 0, passed: 0 },
  };
}

describe("a filter that lets everything pass", () => {
  for (const name of guardedFilters()) {
    test(`is no ${name}`, () => {
      const one = loaded(open, name);
      const unconfigured: Guard = (random) => ({ ...guardOf(name)!(random), configuration: {} });
      assert.throws(() => {
        for (let seed = 0; seed < 20; seed++) guarded(randomOf(seed, 0), one, unconfigured);
      }, /let through: /);
    });
  }
});

describe("a filter itself", () => {
  for (const name of guardedFilters()) {
    test(`lets good requests through and no others: ${name}`, { timeout: 300_000 }, async () => {
      const entry = join(packageRoot, "filters", name);
      const one = loaded((await build({ entry, outDir: folder })).binary, name);
      for (let seed = 0; seed < 20; seed++) guarded(randomOf(seed, 0), one, guardOf(name)!);
      assert.ok(one.tally.passed > 0, "nothing passed");
      assert.ok(one.tally.passed < one.tally.judged, "everything passed");
    });
  }
});
