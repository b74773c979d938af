import { readFile } from "node:fs/promises";
import { LineCounter, isMap, isNode, isScalar, parseAllDocuments } from "yaml";
import type { Document } from "yaml";
import { UserError } from "../../errors.js";
import { caseOf, documentOf } from "./normalise.js";
import type { RawCase, RawDocument } from "./raw.js";
import { calleesOf } from "../callees/read.js";
import type { Callee, RawCallee } from "../callees/types.js";
import { calleesProblems, caseProblems, documentProblems } from "./schema.js";
import type { Problem } from "./schema.js";
import type { TrafficCase, TrafficDocument, TrafficFile } from "./types.js";

/** Reads a traffic file. Throws a `UserError` that lists every problem with file, line and path. */
export async function readTrafficFile(path: string): Promise<TrafficFile> {
  const text = await readFile(path, "utf8").catch((error: Error) => {
    throw new UserError(`${path}: cannot be read: ${error.message}`);
  });
  return parseTraffic(text, path);
}

/** As `readTrafficFile`, from a text; `path` is for messages. */
export function parseTraffic(text: string, path: string): TrafficFile {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  const parsed = Array.isArray(documents) ? documents : [];
  const problems = parsed.flatMap((document) => problemsIn(document, lines, path));
  if (parsed.length === 0) problems.push(`${path}: holds no document`);
  if (problems.length > 0) throw new UserError(problems.join("\n"));
  return { path, documents: parsed.map((document) => readDocument(document, lines)) };
}

/** A case from another kind of file, already parsed. Throws a `UserError` whose lines begin with `where`. */
export function parseCase(raw: unknown, where: string): TrafficCase {
  refuse(caseProblems(raw), where);
  return caseOf(raw as RawCase, 0);
}

/** Callees from another kind of file, likewise. */
export function parseCallees(raw: unknown, where: string): Record<string, Callee> {
  refuse(calleesProblems(raw), where);
  return calleesOf(raw as Record<string, RawCallee>);
}

function refuse(problems: Problem[], where: string): void {
  if (problems.length === 0) return;
  throw new UserError(problems.map((one) => `${where}${pathText(one.path)}: ${one.message}`).join("\n"));
}

function readDocument(document: Document, lines: LineCounter): TrafficDocument {
  const lineAt = (path: (string | number)[]): number => lines.linePos(offsetOf(document, path)).line;
  return documentOf(document.toJS() as RawDocument, lineAt([]), (index) => lineAt(["cases", index]));
}

function problemsIn(document: Document, lines: LineCounter, path: string): string[] {
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  if (document.errors.length > 0)
    return document.errors.map((error) => `${at(error.pos[0])}: ${error.message}`);
  const value: unknown = document.toJS();
  const problems = [...documentProblems(value), ...repeatedNames(value)];
  return problems.map(
    (one) => `${at(offsetOf(document, one.path, one.field))}:${pathLabel(one)} ${one.message}`,
  );
}

/** A name stands for its case in reports. */
function repeatedNames(value: unknown): Problem[] {
  const cases = (value as RawDocument | null)?.cases;
  const names = Array.isArray(cases) ? cases.map((one) => one?.name) : [];
  return names.flatMap((name, index) =>
    name !== undefined && names.indexOf(name) < index
      ? [{ path: ["cases", String(index), "name"], message: "another case has this name" }]
      : [],
  );
}

function offsetOf(document: Document, path: readonly (string | number)[], field?: string): number {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  if (field !== undefined && isMap(node)) {
    const key = node.items
      .map((pair) => pair.key)
      .find((one) => isScalar(one) && String(one.value) === field);
    if (isNode(key) && key.range) return key.range[0];
  }
  return isNode(node) && node.range ? node.range[0] : (document.range?.[0] ?? 0);
}

function pathLabel(problem: Problem): string {
  const text = pathText(problem.path);
  return text === "" ? "" : ` ${text.replace(/^\./, "")}:`;
}

/** As in ".cases[0].send". */
function pathText(path: readonly string[]): string {
  return path.map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`)).join("");
}
