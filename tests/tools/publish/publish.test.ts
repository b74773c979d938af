import assert from "node:assert/strict";
import fs, { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { keptVersions, prune, publish } from "../../../tools/publish/index.js";
import { temporaryFolder } from "../envoy/support/setup.js";
import { namesIn, replace, version } from "./support/version.js";

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
