import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { showDownload } from "../../../tools/envoy/progress.js";
import { temporaryFolder } from "./support/setup.js";

test("a terminal sees how much has arrived, and in the end nothing of it", async () => {
  const folder = temporaryFolder();
  const shown: string[] = [];
  const end = showDownload({ isTTY: true, write: (text) => shown.push(text) }, "Envoy", folder, 2_000_000);
  writeFileSync(join(folder, "part"), Buffer.alloc(1_000_000));
  await sleep(600);
  end();
  assert.equal(shown[0], "\rDownloading Envoy: 0 % of 2 MB ");
  assert.ok(shown.includes("\rDownloading Envoy: 50 % of 2 MB "));
  assert.equal(shown.at(-1), "\r\x1b[K");
});

test("a file or pipe gets one line", () => {
  let shown = "";
  showDownload({ write: (text) => (shown += text) }, "Envoy", temporaryFolder(), 37_000_000)();
  assert.equal(shown, "Downloading Envoy (37 MB)\n");
});
