import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { formatting, linting, types } from "../../../tools/checks/programs.js";
import { packageRoot } from "../../../tools/package-root.js";
import { places, plant, plantWithDependencies } from "./support/tree.js";

const own = (file: string) => readFileSync(join(packageRoot, file), "utf8");

test("prettier's complaints are findings", async (t) => {
  const root = plantWithDependencies(t, { "a.json": "{    }", "b.json": "{}\n" });
  assert.deepEqual(await places(formatting, root), ["a.json"]);
});

test("ESLint's complaints are findings", async (t) => {
  const files = {
    "package.json": '{ "type": "module" }',
    "eslint.config.js": own("eslint.config.js"),
    "tools/a.ts": "let a = 1;\nexport enum B {\n  C,\n}\nexport const d = a == 2;\n",
  };
  const root = plantWithDependencies(t, files);
  assert.deepEqual(await places(linting, root), ["tools/a.ts:1", "tools/a.ts:2", "tools/a.ts:5"]);
});

test("the compiler's complaints are findings", async (t) => {
  const files = {
    "package.json": '{ "type": "module" }',
    "tsconfig.json": own("tsconfig.json"),
    "tools/a.ts": "export const a: number = 1;\nexport const b: string = a;\n",
  };
  assert.deepEqual(await places(types, plantWithDependencies(t, files)), ["tools/a.ts:2"]);
});

test("a program that is not there is a finding, never silence", async (t) => {
  const root = plant(t, {});
  const found = await Promise.all([types, linting, formatting].map((check) => places(check, root)));
  assert.deepEqual(found.flat(), ["tsc", "eslint", "prettier"]);
});
