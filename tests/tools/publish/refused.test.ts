import assert from "node:assert/strict";
import fs, { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { UserError } from "../../../tools/errors.js";
import { publish } from "../../../tools/publish/index.js";
import { temporaryFolder } from "../envoy/support/setup.js";
import { built, namesIn, replace, version } from "./support/version.js";

/** What a failed publication must leave as it was. */
function snapshot(folder: string): string[] {
  return namesIn(folder).map((name) => `${name}: ${readFileSync(join(folder, name), "utf8")}`);
}

function refused(work: () => unknown, says: RegExp): void {
  assert.throws(work, (error) => {
    assert.ok(error instanceof UserError, String(error));
    assert.match(error.message, says);
    assert.match(error.hint!, /^Nothing was published, and what was there stays\./);
    return true;
  });
}

for (const [code, says] of Object.entries({ ENOSPC: /the disk is full/, EDQUOT: /quota/, EIO: /EIO/ }))
  test(`a write that fails with ${code} leaves all as it was, and no temporary file`, (t) => {
    const folder = temporaryFolder();
    publish(folder, version(1));
    const before = snapshot(folder);
    const sync = fs.fsyncSync;
    let calls = 0;
    // The module is written already when the next file fails.
    replace(t, "fsyncSync", (file) => {
      if (++calls > 1) throw Object.assign(new Error(`${code}: it failed`), { code });
      sync(file);
    });
    refused(() => publish(folder, version(2)), says);
    assert.deepEqual(snapshot(folder), before);
  });

test("a first publication that fails leaves no folder behind", (t) => {
  const folder = join(temporaryFolder(), "new");
  replace(t, "fsyncSync", () => {
    throw Object.assign(new Error(), { code: "ENOSPC" });
  });
  refused(() => publish(folder, version(1)), /headers-1\.wasm: the disk is full/);
  assert.ok(!existsSync(folder));
});

test("says which file is in the way as a folder", () => {
  const folder = temporaryFolder();
  publish(folder, version(1));
  const before = snapshot(folder);
  mkdirSync(join(folder, "ecds/modules/headers-2.wasm"));
  refused(
    () => publish(folder, version(2)),
    /^ecds\/modules\/headers-2\.wasm: a folder stands where the file/,
  );
  assert.deepEqual(snapshot(folder), before);
});

test("says that a file is in the way of a folder", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "ecds"), "a file");
  refused(() => publish(folder, version(1)), /a file stands where a folder is needed/);
});

test("says that the folder is not writable", (t) => {
  const folder = temporaryFolder();
  publish(folder, version(1));
  const before = snapshot(folder);
  const generated = version(2);
  chmodSync(folder, 0o755);
  chmodSync(join(folder, "ecds/modules"), 0o555);
  // Root may write anywhere.
  const isRoot = process.getuid!() === 0;
  if (isRoot) chmodSync(built, 0o755);
  if (isRoot) process.seteuid!(65534);
  t.after(() => {
    if (isRoot) process.seteuid!(0);
  });
  refused(
    () => publish(folder, generated),
    /^ecds\/modules\/headers-2\.wasm: cannot be written: not permitted/,
  );
  if (isRoot) process.seteuid!(0);
  assert.deepEqual(snapshot(folder), before);
});
