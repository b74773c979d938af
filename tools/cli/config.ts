import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { committedConfigs } from "../envoy/committed.js";
import { generateBootstrap } from "../envoy/bootstrap.js";
import { readModule } from "../envoy/module.js";
import { pluginOfManifest, type Plugin } from "../envoy/plugin.js";
import { calleesOf } from "../manifest/callees.js";
import { allManifests, findManifest } from "../manifest/find.js";
import type { Manifest } from "../manifest/manifest.js";
import { terminal } from "../terminal/index.js";
import { UsageError, named } from "./exit.js";
import { modulesOf, type Modules } from "./modules.js";

export interface ConfigOptions {
  target: string;
  write?: boolean;
  check?: boolean;
}

/** Prints the configuration for a chain, or writes or checks the project's committed files. */
export async function printConfig(wanted: readonly string[], options: ConfigOptions): Promise<number> {
  if (options.target !== "envoy") throw new UsageError(`no target "${options.target}"`, "Targets: envoy.");
  const committed = options.write || options.check;
  if (committed && wanted.length > 0)
    throw new UsageError("--write and --check are about all filters: name none");
  if (!committed && wanted.length === 0)
    throw new UsageError("which filters? Name their folders or manifests");
  if (committed) return keepCommitted(process.cwd(), options.write === true);
  process.stdout.write(await bootstrapFor(wanted.map((one) => named(() => findManifest(one)))));
  return 0;
}

async function bootstrapFor(manifests: readonly Manifest[]): Promise<string> {
  const modules = modulesOf(process.cwd());
  const chain: Plugin[] = [];
  for (const manifest of manifests) chain.push(await pluginFor(manifest, modules));
  const ports = { listen: { port: 10000 }, admin: { port: 9901 }, upstream: { port: 9000 } };
  return generateBootstrap({ chain, ...ports, callees: calleesOf(manifests) });
}

async function pluginFor(manifest: Manifest, modules: Modules): Promise<Plugin> {
  const { wasmPath } = await modules.of(manifest.folder);
  return pluginOfManifest(manifest, readModule(wasmPath), relative(process.cwd(), wasmPath));
}

async function keepCommitted(project: string, write: boolean): Promise<number> {
  const outdated = await outdatedConfigs(project);
  const { line } = terminal();
  if (write) writeConfigs(project, outdated);
  for (const path of Object.keys(outdated)) line(write ? `${path} written` : `${path} is not current`);
  if (!write && Object.keys(outdated).length > 0) {
    line("Run: npx meshscript config --target envoy --write");
    return 1;
  }
  if (Object.keys(outdated).length === 0) line("envoy-config/ is current");
  return 0;
}

/** The committed files that differ from what they should be: path -> text. Builds the filters. */
export async function outdatedConfigs(project: string): Promise<Record<string, string>> {
  const modules = modulesOf(project);
  for (const manifest of allManifests(project)) await modules.of(manifest.folder);
  const current = ([path, text]: [string, string]) => textOf(join(project, path)) === text;
  return Object.fromEntries(Object.entries(committedConfigs(project)).filter((file) => !current(file)));
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** Writes files, by their paths relative to the project. */
export function writeConfigs(project: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
}
