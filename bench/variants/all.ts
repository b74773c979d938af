import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "../../tools/build/index.js";
import { packageRoot } from "../../tools/package-root.js";
import type { Built, Variants } from "./built.js";
import { buildRaw } from "./raw.js";
import { buildRust, RUST_CRATES } from "./rust.js";

const PRODUCT_FILTERS = new Set(["api-key", "headers", "jwt"]);

/** Compiles these variants into build/bench; throws if one of our own does not compile. */
export async function buildVariants(names: Iterable<string>): Promise<Variants> {
  const outDir = join(packageRoot, "build", "bench");
  mkdirSync(outDir, { recursive: true });
  const built = new Map<string, Built>();
  for (const name of new Set(names)) built.set(name, await buildVariant(name, outDir));
  return built;
}

async function buildVariant(name: string, outDir: string): Promise<Built> {
  if (name === "raw") return buildRaw(outDir);
  if (name in RUST_CRATES) return buildRust(name, outDir);
  const folder = PRODUCT_FILTERS.has(name) ? "filters" : join("bench", "filters");
  const { wasmPath } = await build({ entry: join(packageRoot, folder, name), outDir, name });
  return { name, path: wasmPath };
}
