import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { runSpecs } from "../../../tools/unit/index.js";
import { runSpec } from "../../../tools/unit/run/run-spec.js";
import type { SnapshotPolicy } from "../../../tools/unit/run/snapshots.js";
import type { SpecOptions, SpecReport } from "../../../tools/unit/index.js";

/** A project in a folder of its own, and what its specs report. */
export interface Project {
  folder: string;
  write(files: Record<string, string>): Promise<void>;
  /** Runs one spec in this process, which is quicker than the whole runner. */
  runOne(spec: string, policy?: Partial<SnapshotPolicy>): Promise<{ ok: boolean; said: string }>;
  /** Runs its specs; `text` is what was printed, without colours. */
  run(options?: SpecOptions): Promise<{ report: SpecReport; text: string }>;
  remove(): Promise<void>;
}

/** Makes a project of these files; specs are looked for in all of it. */
export async function makeProject(files: Record<string, string>): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), "meshscript-unit-"));
  const project: Project = {
    folder,
    write: (more) => writeAll(folder, more),
    runOne: (spec, policy = {}) => runOne(folder, spec, policy),
    run: (options = {}) => run(folder, options),
    remove: () => rm(folder, { recursive: true }),
  };
  await project.write(files);
  return project;
}

async function writeAll(folder: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

async function run(folder: string, options: SpecOptions): Promise<{ report: SpecReport; text: string }> {
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  const report = await runSpecs({ cwd: folder, specs: ["."], ci: false, workers: 1, print, ...options });
  return { report, text: stripVTControlCharacters(lines.join("\n")) };
}

async function runOne(
  cwd: string,
  spec: string,
  policy: Partial<SnapshotPolicy>,
): Promise<{ ok: boolean; said: string }> {
  const job = { cwd, spec, covered: new Set<string>(), update: false, ci: false, ...policy };
  const { ok, details } = await runSpec(job, () => {});
  return { ok, said: details.join("\n") };
}
