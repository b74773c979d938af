import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atProcessEnd } from "./cleanup.js";

export interface Scratch {
  folder: string;
  /** Writes a file that only this user can read, and returns its path. */
  write(name: string, text: string): string;
  remove(): void;
}

/** A folder for one Envoy: gone after `remove`, and at the latest when this process ends. */
export function scratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), "meshscript-envoy-"));
  const erase = () => rmSync(folder, { recursive: true, force: true });
  const forget = atProcessEnd(erase);
  return {
    folder,
    write(name, text) {
      const path = join(folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      return path;
    },
    remove() {
      forget();
      erase();
    },
  };
}
