import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { claim, engineOf, folderPrefix, staleFolders } from "../../../tools/compose/engine/stale.js";
import { temporaryFolder } from "../envoy/support/setup.js";

function folder(parent: string, name: string): string {
  const path = join(parent, folderPrefix + name);
  mkdirSync(path);
  return path;
}

test("an engine is stale once its owner is gone, and only then", () => {
  const parent = temporaryFolder();
  claim(folder(parent, "mine"));
  folder(parent, "unclaimed");
  const left = folder(parent, "left");
  const { pid } = spawnSync("true");
  writeFileSync(join(left, "owner"), String(pid));
  assert.deepEqual(staleFolders(parent), [left]);
});

test("a process that merely has the id of an engine is not taken for it", () => {
  const path = folder(temporaryFolder(), "left");
  assert.equal(engineOf(path), undefined);
  writeFileSync(join(path, "pid"), String(process.pid));
  assert.equal(engineOf(path), undefined);
});
