import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { RUST_SDK } from "../../../bench/variants/rust.js";
import { packageRoot } from "../../../tools/package-root.js";

const read = (file: string) => readFileSync(join(packageRoot, "bench", "rust", file), "utf8");
const [name, version] = RUST_SDK.split(" ");

test("the Rust SDK is pinned to exactly the version that the tables name", () => {
  assert.ok(read("Cargo.toml").includes(`${name} = "=${version}"`));
});

test("the lock file holds that version", () => {
  assert.ok(read("Cargo.lock").includes(`name = "${name}"\nversion = "${version}"\n`));
});
