import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { sbomOf } from "../../../tools/pack/sbom.js";
import { originsOf } from "../../../tools/pack/sources.js";
import { folderFor, metadata, wasm } from "./support/images.js";

const files: Record<string, string> = {
  "filters/a/filter.ts": "one",
  "lib/shared.ts": "two",
  "node_modules/as-thing/package.json": '{"version":"3.1.4","license":"MIT"}',
  "node_modules/@me/deep/package.json": '{"version":"0.0.1","license":"SEE LICENSE"}',
  "node_modules/util/package.json": '{"version":"9.9.9"}',
};

const sources = [
  "~lib/rt/common.ts",
  "~lib/util/number.ts",
  "~lib/array.ts",
  "~lib/meshscript/assembly/entry.ts",
  "~lib/as-thing/assembly/b.ts",
  "~lib/as-thing/assembly/a.ts",
  "~lib/@me/deep/assembly/index.ts",
  "~lib/gone/assembly/index.ts",
  "lib/shared.ts",
  "filters/a/filter.ts",
  "meshscript-entry.ts",
];

test("a module comes from the author's files and from the packages that they import", (t) => {
  const root = folderFor(t);
  const map = join(root, "a.wasm.map");
  for (const [path, text] of Object.entries({ ...files, "a.wasm.map": JSON.stringify({ sources }) })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const origins = originsOf(map, root);
  assert.deepEqual(origins, {
    files: { "filters/a/filter.ts": Buffer.from("one"), "lib/shared.ts": Buffer.from("two") },
    packages: [
      { name: "@me/deep", version: "0.0.1" },
      { name: "as-thing", version: "3.1.4", license: "MIT" },
    ],
  });
  const bill = JSON.parse(sbomOf({ name: "a", summary: "A.", wasm, metadata, origins }).bytes.toString());
  assert.deepEqual(
    bill.components.map(({ purl, name }: { purl?: string; name: string }) => purl ?? name),
    [
      "pkg:npm/meshscript@0.1.0",
      "pkg:npm/assemblyscript@0.28.20",
      "pkg:npm/%40me/deep@0.0.1",
      "pkg:npm/as-thing@3.1.4",
      "filters/a/filter.ts",
      "lib/shared.ts",
    ],
  );
});
