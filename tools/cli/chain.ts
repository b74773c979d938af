import { instanceOf } from "../manifest/instance.js";
import type { Manifest } from "../manifest/manifest.js";
import type { FilterInstance } from "../traffic/host.js";
import { modulesOf } from "./modules.js";

/** The filters of a chain, compiled and with their configurations, in the order of the manifests. */
export async function chainOf(manifests: readonly Manifest[], project: string): Promise<FilterInstance[]> {
  const modules = modulesOf(project);
  const chain: FilterInstance[] = [];
  for (const manifest of manifests) {
    chain.push(instanceOf(manifest, (await modules.ofManifest(manifest)).wasmPath));
  }
  return chain;
}
