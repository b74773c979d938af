import { join } from "node:path";
import { cacheFolder } from "../../cache.js";
import { isProgram } from "../../envoy/program.js";

/** The compose that is built where docker has none. */
export const composeVersion = "2.40.3";

export function composeFolder(environment: NodeJS.ProcessEnv): string {
  return join(cacheFolder(environment), `compose-${composeVersion}`);
}

/** The program in the user's cache; undefined where it is not there. */
export function cachedCompose(environment: NodeJS.ProcessEnv): string | undefined {
  const path = join(composeFolder(environment), "docker-compose");
  return isProgram(path) ? path : undefined;
}
