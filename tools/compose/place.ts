import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { scratch } from "../envoy/scratch.js";

/** Files for one Envoy's container, which runs as another user: all may read them. */
export interface Place {
  /** Puts a module there. Gives its path as the container sees it. */
  module(path: string): string;
  /** Puts the bootstrap there. Gives the variables that make compose.yaml mount it all. */
  bootstrap(text: string): { ENVOY_CONFIG: string; ENVOY_MODULES: string };
  remove(): void;
}

export function place(): Place {
  const { folder, remove } = scratch();
  const modules = join(folder, "build");
  mkdirSync(modules);
  for (const path of [folder, modules]) chmodSync(path, 0o755);
  let count = 0;
  return {
    module(path) {
      const name = `${++count}-${basename(path)}`;
      copyFileSync(path, join(modules, name));
      chmodSync(join(modules, name), 0o644);
      return `build/${name}`;
    },
    bootstrap(text) {
      const path = join(folder, "envoy.yaml");
      writeFileSync(path, text);
      chmodSync(path, 0o644);
      return { ENVOY_CONFIG: path, ENVOY_MODULES: modules };
    },
    remove,
  };
}
