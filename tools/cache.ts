import { homedir } from "node:os";
import { join } from "node:path";

/** Folder for downloads that outlive a checkout: MESHSCRIPT_CACHE, else the user's cache folder. Not created here. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment.MESHSCRIPT_CACHE) return environment.MESHSCRIPT_CACHE;
  const base = environment.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(base, "meshscript");
}
