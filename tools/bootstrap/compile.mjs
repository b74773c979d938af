import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readIfThere, step } from "./step.mjs";

const folders = ["tools", "tests/tools", "bench"];
const compiler = "node_modules/typescript/bin/tsc";

/** Whether dist/ was made from the sources as they are now. */
export function isCompiled(root) {
  return readIfThere(stampOf(root)) === JSON.stringify(sources(root));
}

/** Compiles the tools, their tests and the benchmarks into dist/. */
export async function compile(root) {
  const now = sources(root);
  removeOrphans(root, now);
  const hint = "Mend what is listed above; npx tsc -p tsconfig.json lists it again.";
  await step("compiling the tools", process.execPath, [join(root, compiler), "-p", "."], root, hint);
  writeFileSync(stampOf(root), JSON.stringify(now));
}

function stampOf(root) {
  return join(root, "dist/.sources.json");
}

/** Each source with its size and time. */
function sources(root) {
  const files = folders.flatMap((folder) => list(root, folder));
  return Object.fromEntries(
    ["tsconfig.json", "package-lock.json", ...files].map((file) => [file, state(root, file)]),
  );
}

function state(root, file) {
  const { size, mtimeMs } = statSync(join(root, file));
  return `${size}:${mtimeMs}`;
}

function list(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return list(root, path);
    return entry.name.endsWith(".ts") ? [path] : [];
  });
}

/** Output whose source is gone would still run, tests above all. */
function removeOrphans(root, now) {
  const before = JSON.parse(readIfThere(stampOf(root)) ?? "{}");
  for (const file of Object.keys(before).filter((file) => file.endsWith(".ts") && !(file in now))) {
    rmSync(join(root, "dist", file.replace(/\.ts$/, ".js")), { force: true });
  }
}
