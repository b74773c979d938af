import { join, relative } from "node:path";
import asc from "assemblyscript/asc";
import { packageRoot } from "../../tools/package-root.js";
import type { Built } from "./built.js";

/** Compiles the hand-written variant; throws with the compiler's messages if it does not compile. */
export async function buildRaw(outDir: string): Promise<Built> {
  const path = join(outDir, "raw.wasm");
  const folder = join(packageRoot, "bench", "filters", "raw");
  // A base folder of its own: from the repository's the compiler would take asconfig.json, and the SDK with it.
  const flags = ["--baseDir", folder, "-O3", "--noAssert", "--runtime", "stub", "--use", "abort="];
  const { error, stderr } = await asc.main(["w1.ts", "--outFile", relative(folder, path), ...flags]);
  if (error) throw new Error(`${folder}/w1.ts: ${error.message}\n${stderr.toString()}`);
  return { name: "raw", path };
}
