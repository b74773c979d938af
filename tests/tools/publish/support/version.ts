import fs, { readdirSync, statSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Generated } from "../../../../tools/targets/index.js";
import { temporaryFolder } from "../../envoy/support/setup.js";

/** Where the modules of versions are built. */
export const built = temporaryFolder();

/** A version as the target makes one: a bootstrap, a filter, and the module that this names. */
export function version(n: number, filter = "headers"): Generated {
  const module = join(built, `${n}.wasm`);
  writeFileSync(module, `module ${n}`);
  return {
    files: { [`ecds/filters/${filter}.yaml`]: `filter ${n}`, "ecds/envoy.yaml": "bootstrap" },
    modules: { [`ecds/modules/${filter}-${n}.wasm`]: module },
    lost: [],
  };
}

/** All files below a folder, sorted. */
export function namesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names.filter((name) => statSync(join(folder, name)).isFile()).sort();
}

/** Puts another function in place of one of node:fs, until the test is over. */
export function replace<K extends keyof typeof fs>(t: TestContext, name: K, by: (typeof fs)[K]): void {
  const own = fs[name];
  fs[name] = by;
  syncBuiltinESMExports();
  t.after(() => {
    fs[name] = own;
    syncBuiltinESMExports();
  });
}
