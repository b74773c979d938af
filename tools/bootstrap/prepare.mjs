import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { compile, isCompiled } from "./compile.mjs";
import { install, isInstalled } from "./install.mjs";
import { lock } from "./lock.mjs";
import { Failure } from "./step.mjs";

const oldestNode = 20;

/** The checkout that this file belongs to. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Installs the dependencies and compiles the tools of a checkout where that is due; otherwise it does nothing. */
export async function prepare(root, node = process.versions.node) {
  if (Number(node.split(".")[0]) < oldestNode) {
    throw new Failure(
      `needs Node ${oldestNode} or newer, and this is ${node}. Get it from https://nodejs.org`,
    );
  }
  if (isInstalled(root) && isCompiled(root)) return;
  const free = await lock(root);
  try {
    if (!isInstalled(root)) await install(root);
    if (!isCompiled(root)) await compile(root);
  } finally {
    free();
  }
}
