import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { place } from "../../../tools/compose/place.js";
import { temporaryFolder } from "../envoy/support/setup.js";

test("all may read what a container of another user is given, and it goes with the container", () => {
  const own = join(temporaryFolder(), "own.wasm");
  writeFileSync(own, "module", { mode: 0o600 });
  const files = place();
  const named = [files.module(own), files.module(own)];
  const { ENVOY_CONFIG, ENVOY_MODULES } = files.bootstrap("admin: {}\n");
  assert.deepEqual(named, ["build/1-own.wasm", "build/2-own.wasm"]);
  assert.equal(readFileSync(join(ENVOY_MODULES, "2-own.wasm"), "utf8"), "module");
  for (const [path, mode] of [
    [dirname(ENVOY_CONFIG), 0o755],
    [ENVOY_CONFIG, 0o644],
    [ENVOY_MODULES, 0o755],
    [join(ENVOY_MODULES, "1-own.wasm"), 0o644],
  ] as const)
    assert.equal(statSync(path).mode & 0o777, mode, path);
  files.remove();
  assert.ok(!existsSync(ENVOY_CONFIG));
});
