import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { emulatorHost } from "../emulator/index.js";
import { modulesOf } from "../cli/modules.js";
import { resolverFor } from "../cli/testing/resolver.js";
import { playFile } from "../traffic/index.js";
import { runSpecs } from "../unit/index.js";
import { compilerFindings } from "./asc.js";
import { lineAt, type Check, type Finding } from "./check.js";
import { projectFiles, textOf } from "./files.js";

/** A fenced block with the path of the file that it stands for: ```ts filters/hello/filter.ts */
export interface Snippet {
  path: string;
  code: string;
  line: number;
}

/** Filters of the pages compile, and their specs and cases pass. The blocks of a page are the files of one project. */
export const workingSnippets: Check = {
  name: "code in pages compiles, and its tests pass",
  async run(root) {
    const pages = projectFiles(root).filter((file) => file.endsWith(".md"));
    const findings: Finding[] = [];
    for (const page of pages) findings.push(...(await problemsOf(page, textOf(root, page), root)));
    return findings;
  },
};

/** The blocks of a page that are whole files. */
export function snippetsIn(text: string): Snippet[] {
  return [...text.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)].map((match) => ({
    path: match[1]!,
    code: match[2]!,
    line: lineAt(text, match.index),
  }));
}

async function problemsOf(page: string, text: string, root: string): Promise<Finding[]> {
  const unnamed = [...text.matchAll(/^```ts\n/gm)].map((match) => ({
    file: page,
    line: lineAt(text, match.index),
    message: "holds code that stands for no file",
    remedy: "Name the file behind ```ts, so that the code can be compiled.",
  }));
  const snippets = snippetsIn(text);
  if (!snippets.some(({ path }) => path.endsWith(".ts"))) return unnamed;
  const project = lay(snippets, root);
  try {
    const tests = [brokenFilters, failingSpecs, failingCases];
    const findings = await Promise.all(tests.map((find) => find(page, snippets, project)));
    return [...unnamed, ...findings.flat()];
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

function lay(snippets: readonly Snippet[], root: string): string {
  const project = mkdtempSync(join(tmpdir(), "meshscript-page-"));
  mkdirSync(join(project, "node_modules"));
  symlinkSync(root, join(project, "node_modules/meshscript"));
  writeFileSync(join(project, "package.json"), "{}");
  for (const { path, code } of snippets) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), code);
  }
  return project;
}

/** All filters of a page at once: the compiler reads the library only once. */
async function brokenFilters(
  page: string,
  snippets: readonly Snippet[],
  project: string,
): Promise<Finding[]> {
  const filters = snippets.filter(({ code }) => /^register</m.test(code));
  const imports = filters.map(({ path }) => `import ${JSON.stringify(`./${path.replace(/\.ts$/, "")}`)};`);
  const entry = ['export * from "meshscript/assembly/entry";', ...imports].join("\n");
  const findings = await compilerFindings(project, entry, "Mend the page.");
  return findings.map((one) => ({ ...one, ...placeIn(page, snippets, one) }));
}

/** The line of the page for a line of one of its snippets. */
function placeIn(page: string, snippets: readonly Snippet[], { file, line = 0, message }: Finding) {
  const snippet = snippets.find(({ path }) => path === file);
  return snippet
    ? { file: page, line: snippet.line + line }
    : { file: page, message: `${file}:${line}: ${message}` };
}

async function failingSpecs(page: string, snippets: readonly Snippet[], project: string): Promise<Finding[]> {
  const specs = snippets.filter(({ path }) => path.endsWith(".spec.ts"));
  if (specs.length === 0) return [];
  const report = await runSpecs({
    cwd: project,
    specs: specs.map(({ path }) => path),
    coverage: false,
    print: () => {},
  });
  const failed = report.specs.filter((spec) => !spec.ok);
  return failed.map(({ spec, details }) => ({
    file: page,
    line: specs.find(({ path }) => path === spec)?.line,
    message: `${spec} fails: ${details.join("\n      ")}`,
    remedy: "Mend the page.",
  }));
}

async function failingCases(page: string, snippets: readonly Snippet[], project: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { path, line } of snippets.filter(({ path }) => path.startsWith("tests/traffic/"))) {
    const results = await playFile(
      join(project, path),
      emulatorHost(),
      resolverFor(project, modulesOf(project)),
    );
    const failed = results.filter(({ verdict }) => verdict !== "passed");
    const sentences = failed.map(({ name, details }) => `${path}: ${name}: ${details.join("; ")}`);
    findings.push(...sentences.map((message) => ({ file: page, line, message, remedy: "Mend the page." })));
  }
  return findings;
}
