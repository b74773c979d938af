import assert from "node:assert/strict";
import fs, {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { UserError } from "../../../tools/errors.js";
import { keptVersions, prune, publish } from "../../../tools/publish/index.js";
import type { Generated } from "../../../tools/targets/index.js";
import { temporaryFolder } from "../envoy/support/setup.js";

const built = temporaryFolder();

/** A version as the target makes one: a bootstrap, a filter, and the module that this names. */
function version(n: number, filter = "headers"): Generated {
  const module = join(built, `${n}.wasm`);
  writeFileSync(module, `module ${n}`);
  return {
    files: { [`ecds/filters/${filter}.yaml`]: `filter ${n}`, "ecds/envoy.yaml": "bootstrap" },
    modules: { [`ecds/modules/${filter}-${n}.wasm`]: module },
    lost: [],
  };
}

function namesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names.filter((name) => statSync(join(folder, name)).isFile()).sort();
}

test("writes what was generated, and says what changed", () => {
  const folder = join(temporaryFolder(), "new/deploy");
  const { changed, removed } = publish(folder, version(1));
  assert.deepEqual(changed, ["ecds/envoy.yaml", "ecds/filters/headers.yaml", "ecds/modules/headers-1.wasm"]);
  assert.deepEqual(removed, []);
  assert.equal(readFileSync(join(folder, "ecds/filters/headers.yaml"), "utf8"), "filter 1");
  assert.equal(readFileSync(join(folder, "ecds/modules/headers-1.wasm"), "utf8"), "module 1");
  assert.deepEqual(namesIn(folder), [".published.json", ...changed]);
});

test("does not touch what is right already", () => {
  const folder = temporaryFolder();
  publish(folder, version(1));
  const state = () => statSync(join(folder, "ecds/envoy.yaml")).ino;
  const before = state();
  assert.deepEqual(publish(folder, version(1)), { changed: [], removed: [] });
  const { changed } = publish(folder, version(2));
  assert.deepEqual(changed, ["ecds/filters/headers.yaml", "ecds/modules/headers-2.wasm"]);
  assert.equal(state(), before);
});

test("mends a file that someone changed", () => {
  const folder = temporaryFolder();
  publish(folder, version(1));
  writeFileSync(join(folder, "ecds/modules/headers-1.wasm"), "half");
  assert.deepEqual(publish(folder, version(1)).changed, ["ecds/modules/headers-1.wasm"]);
});

test("replaces a file in one step: who has it open goes on reading the old one", () => {
  const folder = temporaryFolder();
  publish(folder, version(1));
  const open = fs.openSync(join(folder, "ecds/filters/headers.yaml"), "r");
  publish(folder, version(2));
  assert.equal(readFileSync(open, "utf8"), "filter 1");
  fs.closeSync(open);
});

test("lets those read the new file who could read the old one", () => {
  const folder = temporaryFolder();
  publish(folder, version(1));
  const file = join(folder, "ecds/filters/headers.yaml");
  chmodSync(file, 0o604);
  publish(folder, version(2));
  assert.equal(statSync(file).mode & 0o777, 0o604);
});

/** The order in which names appear. */
function renamesDuring(t: TestContext, work: () => void): string[] {
  const seen: string[] = [];
  const rename = fs.renameSync;
  replace(t, "renameSync", ((from: string, to: string) => {
    seen.push(to);
    rename(from, to);
  }) as typeof fs.renameSync);
  work();
  return seen.map((path) => path.replace(/^.*\/ecds\//, "")).filter((path) => !path.includes(".published"));
}

function replace<K extends keyof typeof fs>(t: TestContext, name: K, by: (typeof fs)[K]): void {
  const own = fs[name];
  fs[name] = by;
  syncBuiltinESMExports();
  t.after(() => {
    fs[name] = own;
    syncBuiltinESMExports();
  });
}

test("puts modules first, then new filters, the bootstrap, and filters that somebody watches", (t) => {
  const folder = temporaryFolder();
  const first = renamesDuring(t, () => publish(folder, version(1)));
  assert.deepEqual(first, ["modules/headers-1.wasm", "filters/headers.yaml", "envoy.yaml"]);
  const next = version(2);
  next.files = { ...next.files, "ecds/filters/new.yaml": "new", "ecds/envoy.yaml": "other" };
  const second = renamesDuring(t, () => publish(folder, next));
  const order = ["modules/headers-2.wasm", "filters/new.yaml", "envoy.yaml", "filters/headers.yaml"];
  assert.deepEqual(second, order);
});

test("keeps the modules of the last versions, and removes older ones", () => {
  const folder = temporaryFolder();
  const removed = Array.from({ length: keptVersions + 2 }, (_, n) => publish(folder, version(n)).removed);
  assert.deepEqual(removed.slice(0, keptVersions), Array(keptVersions).fill([]));
  assert.deepEqual(removed.slice(keptVersions), [
    ["ecds/modules/headers-0.wasm"],
    ["ecds/modules/headers-1.wasm"],
  ]);
  assert.equal(readdirSync(join(folder, "ecds/modules")).length, keptVersions);
});

test("keeps a module that an older version and the newest one share", () => {
  const folder = temporaryFolder();
  publish(folder, version(0));
  for (let n = 1; n <= keptVersions + 2; ++n) {
    const there = publish(folder, version(n));
    const back = publish(folder, version(0));
    assert.ok(![...there.removed, ...back.removed].includes("ecds/modules/headers-0.wasm"));
  }
  assert.ok(existsSync(join(folder, "ecds/modules/headers-0.wasm")));
});

test("removes a filter's file once no version that is kept has it", () => {
  const folder = temporaryFolder();
  publish(folder, version(0, "leaving"));
  for (let n = 1; n <= keptVersions; ++n) publish(folder, version(n));
  assert.deepEqual(readdirSync(join(folder, "ecds/filters")), ["headers.yaml"]);
});

test("removes at once what only earlier versions need, where asked to", () => {
  const folder = temporaryFolder();
  publish(folder, version(1));
  publish(folder, version(2));
  assert.deepEqual(prune(folder, 1), ["ecds/modules/headers-1.wasm"]);
  assert.deepEqual(namesIn(join(folder, "ecds/modules")), ["headers-2.wasm"]);
});

test("removes nothing that it did not publish, whatever a record says", () => {
  const folder = temporaryFolder();
  const outside = join(folder, "outside");
  writeFileSync(outside, "mine");
  const deploy = join(folder, "deploy");
  publish(deploy, version(1));
  writeFileSync(join(deploy, "ecds/modules/own.wasm"), "mine");
  writeFileSync(join(deploy, ".published.json"), JSON.stringify([[], ["../outside", outside]]));
  assert.deepEqual(prune(deploy, 1), []);
  assert.ok(existsSync(outside) && existsSync(join(deploy, "ecds/modules/own.wasm")));
  writeFileSync(join(deploy, ".published.json"), "no record");
  publish(deploy, version(2));
  assert.ok(existsSync(join(deploy, "ecds/modules/own.wasm")));
});

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

test("clears away what a publication that was killed left, and not what one is writing now", () => {
  const folder = temporaryFolder();
  publish(folder, version(1));
  const [old, fresh] = [".headers.yaml.1.next", ".headers.yaml.2.next"];
  for (const name of [old, fresh]) writeFileSync(join(folder, "ecds/filters", name), "half");
  const long = Date.now() / 1000 - 3600;
  fs.utimesSync(join(folder, "ecds/filters", old), long, long);
  publish(folder, version(2));
  assert.deepEqual(readdirSync(join(folder, "ecds/filters")).sort(), [fresh, "headers.yaml"]);
});
