import { docker, type Docker } from "./engine/docker.js";
import { cachedCompose } from "./build/cached.js";
import { buildCompose } from "./build/build.js";

/** How compose is called: `docker compose`, or a program of its own. */
export interface ComposeProgram {
  program: string;
  leading: string[];
}

/** Docker's own plugin; where there is none, the program that was built from compose's module, now or before. */
export async function findCompose(engine: Docker, tell: (note: string) => void): Promise<ComposeProgram> {
  if ((await docker(engine, ["compose", "version"])).code === 0)
    return { program: engine.program, leading: ["compose"] };
  const program = cachedCompose(engine.environment) ?? (await buildCompose(engine.environment, tell));
  return { program, leading: [] };
}
