import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../errors.js";
import { placeWhole } from "../whole.js";

/**
 * Writes a layout as a folder: complete or not there. One that is there already is replaced; a folder that is something
 * else is left alone.
 */
export function writeLayout(folder: string, files: Record<string, Uint8Array>): void {
  if (!isReplaceable(folder))
    throw new UserError(`${folder}: is there already, and is no image`, "Remove it, or name another --out.");
  placeWhole(folder, (draft) => {
    for (const [name, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(draft, name)), { recursive: true });
      writeFileSync(join(draft, name), bytes);
    }
  });
}

function isReplaceable(folder: string): boolean {
  if (!existsSync(folder)) return true;
  if (!statSync(folder).isDirectory()) return false;
  const names = readdirSync(folder);
  return names.length === 0 || names.includes("oci-layout");
}
