import { basename, join, relative } from "node:path";
import type { BuildResult } from "../build/index.js";
import { passing } from "../terminal/index.js";

/** Compiles each filter of a project once, however many ask for it. */
export interface Modules {
  of(folder: string): Promise<BuildResult>;
}

export function modulesOf(project: string): Modules {
  const built = new Map<string, Promise<BuildResult>>();
  return {
    of(folder) {
      const known = built.get(folder) ?? buildFolder(project, folder);
      built.set(folder, known);
      return known;
    },
  };
}

async function buildFolder(project: string, folder: string): Promise<BuildResult> {
  const { build } = await import("../build/index.js");
  const progress = passing();
  progress.show(`Compiling ${basename(folder)}`);
  try {
    return await build({ entry: folder, outDir: outputFolder(project, folder) });
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
