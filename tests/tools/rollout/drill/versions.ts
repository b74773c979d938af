import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { build } from "../../../../tools/build/index.js";
import { readModule, type ModuleFacts } from "../../../../tools/envoy/module.js";
import { findManifest } from "../../../../tools/manifest/find.js";
import type { JsonObject } from "../../../../tools/manifest/manifest.js";
import { meshOf } from "../../../../tools/mesh/fill.js";
import { packageRoot } from "../../../../tools/package-root.js";
import type { BuiltLink, Generated } from "../../../../tools/targets/index.js";
import { ecds } from "../../../../tools/targets/ecds.js";
import { startCaller } from "./start-caller.js";

/** Makes versions of a chain: the filter that says which one serves, and one that no version changes. */
export interface Versions {
  /** The n-th good one, and how it marks what it serves. Every third changes the module, the others a setting alone. */
  good(n: number): { mark: string; generated: Generated; changesModule: boolean };
  bad: Record<Fault, Generated>;
}

/** What can be wrong with a version; the last of them ends the Envoy that loads it. */
export const faults = [
  "no module",
  "missing module",
  "refused setting",
  "trap",
  "host call at start",
] as const;
export type Fault = (typeof faults)[number];

/** Builds what is needed, in a folder that is there. */
export async function makeVersions(folder: string, upstreamPort: number): Promise<Versions> {
  const entry = join(packageRoot, "tests/traffic/filters/versioned");
  const built = async (name: string, switches: Record<string, number>) => {
    const { wasmPath } = await build({ entry, outDir: join(folder, name), defines: switches });
    return { wasmPath, module: readModule(wasmPath) };
  };
  const a = await built("a", {});
  const b = await built("b", { VERSIONED_OTHER: 1 });
  const trapping = await built("trapping", { VERSIONED_TRAPS: 1 });
  const headers = (await build({ entry: join(packageRoot, "filters/headers"), outDir: folder })).wasmPath;
  const chain = chainMaker(headers, upstreamPort);
  const garbage = join(folder, "garbage.wasm");
  writeFileSync(garbage, "this is no module");
  const caller = await startCaller(join(folder, "caller.wasm"));
  const good = (version: string, module: Built) => chain(module, { version });
  return {
    good(n) {
      const isB = Math.floor(n / 3) % 2 === 1;
      const mark = `${isB ? "b" : "a"}${n}`;
      return { mark, generated: good(String(n), isB ? b : a), changesModule: n % 3 === 0 };
    },
    bad: {
      "no module": good("bad", { ...a, wasmPath: garbage }),
      "missing module": withoutModules(good("bad", gone(a, folder))),
      "refused setting": chain(a, { versoin: "bad" }),
      trap: good("bad", trapping),
      "host call at start": good("bad", { ...a, wasmPath: caller }),
    },
  };
}

interface Built {
  wasmPath: string;
  module: ModuleFacts;
}

function chainMaker(headers: string, upstreamPort: number): (one: Built, settings: JsonObject) => Generated {
  const folder = join(packageRoot, "tests/traffic/filters/versioned");
  const mesh = meshOf([findManifest(folder, packageRoot), findManifest("headers", packageRoot)]);
  const [first, second] = mesh.links;
  const other: BuiltLink = {
    ...second!,
    module: readModule(headers),
    wasmPath: headers,
    modulePath: headers,
  };
  return ({ wasmPath, module }, configuration) => {
    const manifest = { ...first!.manifest, configuration };
    const link: BuiltLink = { ...first!, manifest, module, wasmPath, modulePath: wasmPath };
    const upstream = { ...mesh.upstream, port: upstreamPort };
    return onFreePorts(ecds.generate({ ...mesh, upstream, source: "a test", links: [link, other] }));
  };
}

/** Several Envoys start from one bootstrap here, on one machine. */
export function onFreePorts(generated: Generated): Generated {
  const bootstrap = parse(generated.files["ecds/envoy.yaml"]!, { version: "1.1" });
  const places = [bootstrap.admin, bootstrap.static_resources.listeners[0]];
  for (const { address } of places) address.socket_address.port_value = 0;
  return { ...generated, files: { ...generated.files, "ecds/envoy.yaml": JSON.stringify(bootstrap) } };
}

/** The module under a name that no other version has. */
function gone(built: Built, folder: string): Built {
  const wasmPath = join(folder, "gone.wasm");
  copyFileSync(built.wasmPath, wasmPath);
  return { ...built, wasmPath };
}

function withoutModules(generated: Generated): Generated {
  const modules = Object.entries(generated.modules ?? {}).filter(([path]) => !path.includes("gone"));
  return { ...generated, modules: Object.fromEntries(modules) };
}
