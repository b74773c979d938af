import { join } from "node:path";
import asc from "assemblyscript/asc";
import { packageRoot } from "../../tools/package-root.js";
import type { Built } from "./built.js";

/** Compiles the hand-written variant; throws with the compiler's messages if it does not compile. */
export async function buildRaw(outDir: string): Promise<Built> {
  const path = join(outDir, "raw.wasm");
  const source = join(packageRoot, "bench", "filters", "raw", "w1.ts");
  const flags = ["-O3", "--noAssert", "--runtime", "stub", "--use", "abort="];
  const { error, stderr } = await asc.main([source, "--outFile", path, ...flags]);
  if (error) throw new Error(`${source}: ${error.message}\n${stderr.toString()}`);
  return { name: "raw", path };
}
