import { builtMesh } from "../../../../tools/cli/built-mesh.js";
import { modulesOf } from "../../../../tools/cli/modules.js";
import { targetOf } from "../../../../tools/targets/index.js";
import { validate, type Builder, type Validated } from "../../../../tools/validate/index.js";

/** What is found in a project, as text with paths relative to it. */
export interface Found {
  findings: string[];
  hints: string[];
  notes: string[];
  unchecked: string[];
}

/** Validates in a project's folder, as the command does there. */
export async function validated(folder: string, wanted: string[], target = "envoy"): Promise<Found> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return shown(await validate(wanted, [targetOf(target)], builderIn(folder)), folder);
  } finally {
    process.chdir(before);
  }
}

function builderIn(project: string): Builder {
  const modules = modulesOf(project);
  return {
    project,
    build: (mesh, target) => builtMesh(mesh, target, modules),
    origins: async ({ manifest }, { defines }) => (await modules.of(manifest.folder, defines)).origins,
  };
}

function shown({ findings, notes, unchecked }: Validated, folder: string): Found {
  const short = (text: string) => text.replaceAll(`${folder}/`, "");
  return {
    findings: findings.map(({ file, line, text }) => short(`${file}:${line}: ${text}`)),
    hints: findings.flatMap(({ hint }) => (hint ? [short(hint)] : [])),
    notes: notes.map(short),
    unchecked: unchecked.map(short),
  };
}
