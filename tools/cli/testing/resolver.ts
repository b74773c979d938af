import { statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { UserError } from "../../errors.js";
import { findManifest } from "../../manifest/find.js";
import type { HostOptions, Resolve, ResolvedFilter } from "../../traffic/index.js";
import type { Modules } from "../modules.js";

/** Finds the filters that traffic files name and compiles them. A folder with a `filter.ts` needs no manifest. */
export function resolverFor(project: string, modules: Modules): Resolve {
  return async (filter, from) => {
    const folder = resolve(from, filter);
    if (/[/\\]/.test(filter) && isFile(join(folder, "filter.ts")) && !isFile(join(folder, "filter.yaml")))
      return withoutManifest(folder, modules);
    return byManifest(filter, /[/\\]/.test(filter) ? from : project, modules);
  };
}

async function withoutManifest(folder: string, modules: Modules): Promise<ResolvedFilter> {
  const { wasmPath } = await modules.of(folder);
  return { name: basename(folder), wasm: wasmPath, rootId: "", options: {} };
}

async function byManifest(filter: string, project: string, modules: Modules): Promise<ResolvedFilter> {
  const manifest = findManifest(filter, project);
  if (!isFile(join(manifest.folder, "filter.ts")))
    throw new UserError(`${manifest.folder}: holds no filter.ts`);
  const { wasmPath } = await modules.ofManifest(manifest);
  const options: HostOptions = {
    failurePolicy: manifest.failurePolicy,
    streamIdleTimeoutMs: manifest.streamIdleTimeoutMs,
    allowOnHeadersStopIteration: manifest.allowOnHeadersStopIteration,
    ceiling: manifest.ceiling?.groups,
  };
  return { name: manifest.name, wasm: wasmPath, rootId: manifest.rootId, options };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
