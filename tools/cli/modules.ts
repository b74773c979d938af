import { basename, join, relative } from "node:path";
import type { BuildResult } from "../build/index.js";
import type { Manifest } from "../manifest/manifest.js";
import { passing } from "../terminal/index.js";

/** Compiles each filter of a project once, however many ask for it. */
export interface Modules {
  project: string;
  /** With build switches, the module is another one, in a folder of its own. */
  of(folder: string, switches?: Switches): Promise<BuildResult>;
  /** The same for a manifest's filter, which must not need more than that manifest allows. */
  ofManifest(manifest: Manifest, switches?: Switches): Promise<BuildResult>;
}

/** Compile-time constants. */
export type Switches = Record<string, number>;

export function modulesOf(project: string): Modules {
  const built = new Map<string, Promise<BuildResult>>();
  const of = (folder: string, switches: Switches = {}) => {
    const key = JSON.stringify([folder, switches]);
    const known = built.get(key) ?? buildFolder(project, folder, switches);
    built.set(key, known);
    return known;
  };
  const ofManifest = async ({ folder, path, ceiling }: Manifest, switches?: Switches) => {
    const result = await of(folder, switches);
    if (ceiling) (await import("./ceiling.js")).refuseBeyond(ceiling, path, result);
    return result;
  };
  return { project, of, ofManifest };
}

async function buildFolder(project: string, folder: string, switches: Switches): Promise<BuildResult> {
  const { buildWithin } = await import("./ceiling.js");
  const progress = passing();
  progress.show(`Compiling ${basename(folder)}`);
  try {
    const outDir = join(outputFolder(project, folder), variant(switches));
    return await buildWithin({ entry: folder, outDir, defines: switches });
  } finally {
    progress.end();
  }
}

/** `build`, except for filters that stand elsewhere in the project: theirs keep their folder, as names may be alike. */
function outputFolder(project: string, folder: string): string {
  const place = relative(project, join(folder, ".."));
  const isElsewhere = place !== "filters" && !place.startsWith("..");
  return join(project, "build", isElsewhere ? place : "");
}

/** `no-metrics-no-log-level`, for example; "" without switches. */
function variant(switches: Switches): string {
  const names = Object.keys(switches).filter((name) => switches[name] !== 0);
  return names.map((name) => name.replace("MESHSCRIPT_", "").toLowerCase().replaceAll("_", "-")).join("-");
}
