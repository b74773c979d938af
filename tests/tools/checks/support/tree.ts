import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import type { Check } from "../../../../tools/checks/check.js";
import { packageRoot } from "../../../../tools/package-root.js";

export type Tree = Record<string, string>;

/** A folder with these files; gone after the test. */
export function plant(t: TestContext, files: Tree): string {
  const root = mkdtempSync(join(tmpdir(), "meshscript-tree-"));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** The same with this repository's dependencies. */
export function plantWithDependencies(t: TestContext, files: Tree): string {
  const root = plant(t, files);
  symlinkSync(join(packageRoot, "node_modules"), join(root, "node_modules"));
  return root;
}

/** What a check finds in a tree, as `file:line`, sorted. */
export async function places(check: Check, root: string): Promise<string[]> {
  const findings = await check.run(root);
  return findings.map(({ file, line }) => (line === undefined ? file : `${file}:${line}`)).sort();
}
