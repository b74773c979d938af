import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Ajv } from "ajv";
import { LineCounter, parseDocument, type Document } from "yaml";
import { UserError } from "../errors.js";
import { findManifest } from "../manifest/find.js";
import { describe, inexactNumbers, type Problem } from "../manifest/problems.js";
import { packageRoot } from "../package-root.js";
import { shownPath } from "../shown-path.js";
import { chainProblems } from "./chain-problems.js";
import { meshFrom } from "./fill.js";
import type { Mesh, WrittenMesh } from "./mesh.js";

const schema = JSON.parse(readFileSync(join(packageRoot, "docs", "schemas", "mesh.schema.json"), "utf8"));
const isMesh = new Ajv({ allErrors: true, verbose: true }).compile(schema);

/**
 * Reads a mesh file and the manifests that it names, by paths relative to itself. A UserError lists everything that is
 * wrong, with file and line.
 */
export function readMesh(path: string): Mesh {
  const file = resolve(path);
  const lines = new LineCounter();
  const document = parseDocument(textOf(file), { lineCounter: lines, prettyErrors: false });
  const problems = problemsOf(document, lines, dirname(file));
  if (problems.length > 0)
    throw new UserError(problems.map(({ line, text }) => `${shownPath(file)}:${line}: ${text}`).join("\n"));
  const written = document.toJS() as WrittenMesh;
  const manifests = written.filters.map(({ filter }) => findManifest(filter, dirname(file)));
  return meshFrom(written, manifests, file);
}

/** Whether a path that a user gives means a mesh rather than a filter: by its name, or by what it holds. */
export function isMeshFile(path: string): boolean {
  if (/(^|[/.\\])mesh\.ya?ml$/.test(path)) return true;
  if (!/\.ya?ml$/.test(path)) return false;
  try {
    return /^filters:/m.test(readFileSync(path, "utf8"));
  } catch {
    return false;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new UserError(`${shownPath(file)}: cannot be read`, "docs/deploy.md shows a mesh.yaml.");
  }
}

function problemsOf(document: Document, lines: LineCounter, folder: string): Problem[] {
  if (document.errors.length > 0)
    return document.errors.map(({ pos, message }) => ({ line: lines.linePos(pos[0]).line, text: message }));
  const value = document.toJS() as WrittenMesh;
  const wrong = isMesh(value) ? [] : isMesh.errors!.filter(({ keyword }) => keyword !== "propertyNames");
  const found = [
    ...wrong.map((error) => describe(error, document, lines, "mesh")),
    ...inexactNumbers(document, lines),
    ...(wrong.length > 0 ? [] : chainProblems(value, folder, document, lines)),
  ];
  return found.sort((a, b) => a.line - b.line);
}
