import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { atProcessEnd } from "../../../tools/envoy/cleanup.js";

/** A project folder with these files, gone when the test process ends. */
export function project(files: Record<string, string>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "meshscript-test-")));
  atProcessEnd(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}
