import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findEnvoy, needEnvoy } from "../../../tools/envoy/find.js";
import { envoyDouble } from "./support/fake-wheel.js";
import { temporaryFolder } from "./support/setup.js";

const chosen = program(temporaryFolder(), envoyDouble("1.40.0"));
const older = program(temporaryFolder(), envoyDouble("1.31.2"));
const stranger = program(temporaryFolder(), "#!/bin/sh\necho something else\n");
const filledCache = temporaryFolder();
mkdirSync(join(filledCache, "envoy-1.40.0"));
const cached = program(join(filledCache, "envoy-1.40.0"), envoyDouble("1.40.0"));

test("takes the Envoy that ENVOY_BIN names before all others", async () => {
  const found = await find({ ENVOY_BIN: chosen, PATH: folderOf(older), MESHSCRIPT_CACHE: filledCache });
  assert.deepEqual(found, { available: true, path: chosen, version: "1.40.0", origin: "ENVOY_BIN" });
});

test("takes the Envoy on PATH before the cached one, and says that it is another version", async () => {
  const found = await find({ PATH: folderOf(older), MESHSCRIPT_CACHE: filledCache });
  assert.deepEqual(found, {
    ...{ available: true, path: older, version: "1.31.2", origin: "PATH" },
    note: "Envoy 1.31.2 from PATH; meshscript is tested with 1.40.0",
  });
});

test("passes over a program on PATH that is merely called envoy", async () => {
  const found = await find({
    PATH: `${folderOf(stranger)}:${folderOf(older)}`,
    MESHSCRIPT_CACHE: filledCache,
  });
  assert.ok(found.available);
  assert.equal(found.path, older);
});

test("takes the cached Envoy where there is no other", async () => {
  const found = await find({ PATH: folderOf(stranger), MESHSCRIPT_CACHE: filledCache });
  assert.deepEqual(found, { available: true, path: cached, version: "1.40.0", origin: "cache" });
});

test("says that there is none where it must not install one", async () => {
  const found = await find({ PATH: "", MESHSCRIPT_CACHE: temporaryFolder() });
  assert.ok(!found.available);
  assert.equal(found.reason, "not-installed");
});

for (const path of ["/nowhere/envoy", stranger, temporaryFolder()]) {
  test(`takes no other where ENVOY_BIN is ${path.startsWith("/no") ? "missing" : "no Envoy"}: ${path}`, async () => {
    await assert.rejects(
      find({ ENVOY_BIN: path, MESHSCRIPT_CACHE: filledCache }),
      /ENVOY_BIN is .* no Envoy/,
    );
  });
}

test("is an error with a way out where nothing goes without Envoy", async () => {
  const environment = { PATH: "", MESHSCRIPT_CACHE: temporaryFolder() };
  await assert.rejects(needEnvoy({ environment, install: false }), {
    ...{ name: "UserError", hint: "Set ENVOY_BIN to the path of one." },
  });
});

function find(environment: NodeJS.ProcessEnv) {
  return findEnvoy({ environment, install: false });
}

function program(folder: string, text: string): string {
  const path = join(folder, "envoy");
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

function folderOf(path: string): string {
  return join(path, "..");
}
