import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../envoy/support/setup.js";

const script = fileURLToPath(new URL("./support/full-disk.js", import.meta.url));
const mount = 'mount -t tmpfs -o size=128k tmpfs "$1" && exec "$2" "$3" "$1" "$4"';

/** In a view of the file systems that ends with the process. */
function onSmallDisk(): { status: number | null; stdout: string; stderr: string } {
  const disk = temporaryFolder();
  const module = join(temporaryFolder(), "one.wasm");
  const shell = ["sh", "-c", mount, "sh", disk, process.execPath, script, module];
  return spawnSync("unshare", ["-m", ...shell], { encoding: "utf8", timeout: 20_000 });
}

const may = spawnSync("unshare", ["-m", "sh", "-c", "mount -t tmpfs tmpfs /mnt"]).status === 0;

test(
  "a disk that is full is said once, and what was published before stays",
  {
    skip: may ? false : "this user may not mount a small disk",
  },
  () => {
    const { status, stdout, stderr } = onSmallDisk();
    assert.equal(status, 0, stderr);
    const { n, message, same } = JSON.parse(stdout);
    assert.ok(n > 1, "the first version has room");
    assert.match(message, /^ecds\/\S+: the disk is full$/);
    assert.ok(same, "nothing is left of the version that had no room");
  },
);
