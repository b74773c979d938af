import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { cacheFolder } from "../../../../../tools/cache.js";

/** A part that this machine has not and may not install: what needs it is skipped, visibly. */
export class Missing extends Error {}

/** Where the parts are kept between runs. */
export function partsFolder(): string {
  const folder = resolve(cacheFolder(), "images");
  mkdirSync(folder, { recursive: true });
  return folder;
}
