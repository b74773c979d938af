import { UserError } from "../errors.js";
import { targetOf, targets, type Target } from "../targets/index.js";
import { counted, terminal, type Terminal } from "../terminal/index.js";
import { validate, type Builder, type Finding, type Validated } from "../validate/index.js";
import { builtMesh } from "./built-mesh.js";
import { allTargets } from "./committed.js";
import { UsageError, named } from "./exit.js";
import { modulesOf } from "./modules.js";

export interface ValidateOptions {
  target: string;
}

/** Checks filters, chains and Kubernetes resources, and prints one report. */
export async function validateAll(wanted: readonly string[], { target }: ValidateOptions): Promise<number> {
  const chosen = target === allTargets ? targets : [named(() => targetOf(target))];
  const validated = await check(wanted, chosen);
  if (validated.filters + validated.resources === 0 && validated.findings.length === 0)
    throw new UsageError(
      "nothing to validate: filters/ holds no filter",
      "Name filters, a mesh.yaml or resources.",
    );
  show(validated, target, terminal());
  return validated.findings.length > 0 ? 1 : 0;
}

/** What is named and is not there is wrong use. */
async function check(wanted: readonly string[], chosen: readonly Target[]): Promise<Validated> {
  const modules = modulesOf(process.cwd());
  const builder: Builder = {
    project: modules.project,
    build: (mesh, target) => builtMesh(mesh, target, modules),
    origins: async ({ manifest }, { defines }) => (await modules.of(manifest.folder, defines)).origins,
  };
  try {
    return await validate(wanted, chosen, builder);
  } catch (error) {
    if (error instanceof UserError) throw new UsageError(error.message, error.hint);
    throw error;
  }
}

function show({ findings, notes, unchecked, ...counts }: Validated, target: string, screen: Terminal): void {
  const { line, colors } = screen;
  for (const finding of findings) showFinding(finding, screen);
  for (const text of notes) line(`${colors.yellow("note:")} ${text}`);
  for (const text of unchecked) line(`${colors.yellow("not checked:")} ${text}`);
  const what = [
    counted(counts.filters, "filter"),
    counted(counts.chains, "chain"),
    `${counted(counts.resources, "file")} of resources`,
  ].filter((text) => !text.startsWith("0 "));
  const where = counts.filters > 0 ? ` for ${target}` : "";
  const verdict =
    findings.length === 0 ? colors.green("no problems") : colors.red(counted(findings.length, "problem"));
  line(what.length > 0 ? `${what.join(", ")}${where}: ${verdict}` : verdict);
}

function showFinding({ file, line: at, text, hint }: Finding, { line, colors }: Terminal): void {
  line(`${colors.bold(`${file}:${at}`)}: ${text}`);
  if (hint) line(`  ${colors.dim(hint)}`);
}
