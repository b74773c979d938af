import { createHash } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readIfThere, step } from "./step.mjs";

/** Whether node_modules was made from this package-lock.json, by us or by hand with npm. */
export function isInstalled(root) {
  const hash = hashOfLock(root);
  if (readIfThere(stampOf(root)) === hash) return true;
  if (timeOf(root, "node_modules/.package-lock.json") < timeOf(root, "package-lock.json")) return false;
  writeFileSync(stampOf(root), hash);
  return true;
}

/** Makes node_modules anew; needs the network unless npm's cache holds everything. */
export async function install(root) {
  const options = ["--include=dev", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  const hint = "The network is needed this once; npm's own message is above.";
  await step("installing the dependencies", "npm", ["ci", ...options], root, hint);
  writeFileSync(stampOf(root), hashOfLock(root));
}

function stampOf(root) {
  return join(root, "node_modules/.meshscript-stamp");
}

function hashOfLock(root) {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

/** Before all times where there is no such file. */
function timeOf(root, file) {
  return statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
}
