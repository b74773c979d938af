import { existsSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { outdated, publish, publishChecked } from "../publish/index.js";
import { shownPath } from "../shown-path.js";
import { targetOf, type Generated } from "../targets/index.js";
import { terminal } from "../terminal/index.js";
import { builtMesh, chosenMesh } from "./built-mesh.js";
import { allTargets, committedFiles, committedFolder } from "./committed.js";
import { UsageError, named } from "./exit.js";
import { modulesOf } from "./modules.js";

export interface ConfigOptions {
  target: string;
  /** A folder, for files in place of standard output. */
  out?: string;
  write?: boolean;
  check?: boolean;
}

/** Prints the configuration for a chain, or writes or checks files. */
export async function printConfig(wanted: readonly string[], options: ConfigOptions): Promise<number> {
  const { target, out, write, check } = options;
  if (target !== allTargets) named(() => targetOf(target));
  if (wanted.length === 0 && (write || check)) return keepCommitted(options);
  if (target === allTargets) throw new UsageError(`--target ${allTargets} is for --write and --check alone`);
  if (write) throw new UsageError("--write is about all filters: name none, or say --out");
  if (check && out === undefined)
    throw new UsageError("--check of named filters needs --out: the folder of the files to be checked");
  const generated = await generate(wanted, target, process.cwd());
  if (out === undefined) process.stdout.write(oneText(generated));
  else if (!check) await bring(out, generated);
  else return verdict(out, outdated(out, generated), `${again(wanted, target)} --out ${out}`);
  return 0;
}

async function generate(wanted: readonly string[], name: string, project: string): Promise<Generated> {
  const target = targetOf(name);
  return target.generate(await builtMesh(chosenMesh(wanted, project), target, modulesOf(project)));
}

/** Several files follow each other, each under its name. */
function oneText({ files }: Generated): string {
  const entries = Object.entries(files);
  if (entries.length === 1) return entries[0]![1];
  return entries.map(([path, text]) => `# ${path}\n${text}`).join("\n");
}

/** Writes into a folder, and says what has changed there. */
async function bring(out: string, generated: Generated): Promise<void> {
  const bootstrap = Object.keys(generated.files).find((path) => basename(path) === "envoy.yaml");
  const isThere = bootstrap !== undefined && existsSync(join(out, bootstrap));
  const changed = bootstrap ? await checkedFirst(out, generated) : publish(out, generated).changed;
  tellWritten(out, changed);
  const { line, colors } = terminal(process.stderr);
  if (isThere && changed.includes(bootstrap))
    line(
      colors.yellow(
        `${shownPath(join(out, bootstrap))}: an Envoy that serves has to be started anew for that`,
      ),
    );
}

/** What a serving Envoy will read has to pass an Envoy of its own first, where one can be had. */
async function checkedFirst(out: string, generated: Generated): Promise<string[]> {
  const { findEnvoy } = await import("../envoy/find.js");
  const found = await findEnvoy();
  if (found.available) return (await publishChecked(out, generated, found.path)).changed;
  const { line, colors } = terminal(process.stderr);
  line(colors.yellow(`Not checked by Envoy before it was written: ${found.message}`));
  return publish(out, generated).changed;
}

function tellWritten(out: string, changed: readonly string[]): void {
  const { line } = terminal();
  for (const path of changed) line(`${shownPath(join(out, path))} written`);
  if (changed.length === 0) line(`${out}/ is current`);
}

async function keepCommitted({ target, write }: ConfigOptions): Promise<number> {
  const wanted = await committedFiles(process.cwd(), target);
  if (!write) return verdict(".", outdated(".", wanted), `${again([], target)} --write`);
  const { changed } = publish(".", wanted);
  tellWritten(
    committedFolder,
    changed.map((path) => relative(committedFolder, path)),
  );
  return 0;
}

/** 1 where files are not as they should be, which it then names. */
function verdict(folder: string, stale: readonly string[], remedy: string): number {
  const { line } = terminal();
  for (const path of stale) line(`${shownPath(join(folder, path))} is not current`);
  line(stale.length > 0 ? `Run: ${remedy}` : `${folder === "." ? committedFolder : folder}/ is current`);
  return stale.length > 0 ? 1 : 0;
}

function again(wanted: readonly string[], target: string): string {
  return ["npx meshscript config", ...wanted, "--target", target].join(" ");
}
