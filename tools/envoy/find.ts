import { UserError } from "../errors.js";
import { unavailable, type Envoy, type EnvoyUnavailable } from "./found.js";
import { cachedEnvoy, installEnvoy } from "./install.js";
import { envoyVersion, isProgram, onPath } from "./program.js";
import type { Screen } from "./progress.js";
import { release } from "./release.js";

export interface FindOptions {
  environment?: NodeJS.ProcessEnv;
  /** False: never download. */
  install?: boolean;
  /** Where a download shows its progress; standard error unless given. */
  screen?: Screen;
}

/**
 * The Envoy to use: the one that ENVOY_BIN names, else the one on PATH, else the pinned one from the user's cache,
 * downloaded where it is not there yet. A UserError where ENVOY_BIN names no Envoy; all other failures are results.
 */
export async function findEnvoy(options: FindOptions = {}): Promise<Envoy | EnvoyUnavailable> {
  const { environment = process.env, install = true, screen = process.stderr } = options;
  const own = (await chosen(environment)) ?? (await installed(environment)) ?? cachedEnvoy(environment);
  if (own) return own;
  if (install) return installEnvoy({ environment, screen });
  return unavailable("not-installed", "Envoy is neither named by ENVOY_BIN, nor on PATH, nor in the cache");
}

/** The same where nothing goes without Envoy: none is a UserError. */
export async function needEnvoy(options: FindOptions = {}): Promise<Envoy> {
  const found = await findEnvoy(options);
  if (found.available) return found;
  throw new UserError(`no Envoy: ${found.message}`, "Set ENVOY_BIN to the path of one.");
}

async function chosen(environment: NodeJS.ProcessEnv): Promise<Envoy | undefined> {
  const path = environment.ENVOY_BIN;
  if (!path) return undefined;
  const version = isProgram(path) ? await envoyVersion(path) : undefined;
  if (!version) throw new UserError(`ENVOY_BIN is ${path}, which is no Envoy that runs here`);
  return described(path, version, "ENVOY_BIN");
}

/** Something else may be called envoy; it is passed over. */
async function installed(environment: NodeJS.ProcessEnv): Promise<Envoy | undefined> {
  for (const path of onPath("envoy", environment)) {
    const version = await envoyVersion(path);
    if (version) return described(path, version, "PATH");
  }
  return undefined;
}

function described(path: string, version: string, origin: Envoy["origin"]): Envoy {
  const envoy: Envoy = { available: true, path, version, origin };
  if (version === release.version) return envoy;
  return { ...envoy, note: `Envoy ${version} from ${origin}; meshscript is tested with ${release.version}` };
}
