import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { storedGzip } from "../../../tools/pack/gzip.js";
import { tarOf } from "../../../tools/pack/tar.js";
import { folderFor, wasm } from "./support/images.js";

for (const size of [0, 1, 0xffff, 0x10000, 200_000]) {
  test(`gzip without compression gives back ${size} bytes`, () => {
    const bytes = Buffer.alloc(size, "meshscript");
    assert.ok(gunzipSync(storedGzip(bytes)).equals(bytes));
  });
}

test("gzip tells neither time nor system", () => {
  assert.equal(storedGzip(wasm).subarray(0, 10).toString("hex"), "1f8b08000000000000ff");
});

test("tar itself takes the archive, and finds the files of nobody, of no time", (t) => {
  const folder = folderFor(t);
  const archive = join(folder, "a.tar");
  writeFileSync(archive, tarOf({ "plugin.wasm": wasm, "blobs/sha256/empty": Buffer.alloc(0) }));
  const listed = execFileSync("tar", ["-tvf", archive, "--numeric-owner"], {
    encoding: "utf8",
    env: { ...process.env, TZ: "UTC", LC_ALL: "C" },
  });
  assert.deepEqual(
    listed
      .trim()
      .split("\n")
      .map((line) => line.replace(/ +/g, " ")),
    [
      "-r--r--r-- 0/0 100000 1970-01-01 00:00 plugin.wasm",
      "-r--r--r-- 0/0 0 1970-01-01 00:00 blobs/sha256/empty",
    ],
  );
  execFileSync("tar", ["-xf", archive, "-C", folder]);
  assert.ok(readFileSync(join(folder, "plugin.wasm")).equals(wasm));
});

test("a name that a tar archive cannot hold is no name at all", () => {
  assert.throws(() => tarOf({ ["a".repeat(101)]: wasm }), /too long/);
});
