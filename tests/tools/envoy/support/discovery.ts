import { renameSync, writeFileSync } from "node:fs";
import { generateBootstrap } from "../../../../tools/envoy/bootstrap.js";
import { discoveredFile } from "../../../../tools/envoy/discovery.js";
import { pluginOfInstance } from "../../../../tools/envoy/plugin.js";
import type { FilterInstance } from "../../../../tools/traffic/host.js";

// A filter whose configuration Envoy reads from a file that it watches, as a mesh's control plane would send it.

/** A bootstrap with one filter that is discovered in the folder. */
export function discovering(instance: FilterInstance, folder: string, upstreamPort: number): string {
  return generateBootstrap({
    chain: [pluginOfInstance(instance, instance.wasm)],
    listen: { port: 0 },
    admin: { port: 0 },
    upstream: { port: upstreamPort },
    discovery: { folder },
  });
}

/** Puts a filter into its file. */
export function publish(instance: FilterInstance, folder: string): void {
  const text = discoveredFile(pluginOfInstance(instance, instance.wasm), "", "");
  put(folder, `${instance.name}.yaml`, text);
}

/** Writes a file beside its place and renames it, for that is what Envoy watches for. */
export function put(folder: string, name: string, text: string): void {
  const next = `${folder}/.next`;
  writeFileSync(next, text);
  renameSync(next, `${folder}/${name}`);
}
