import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { LineCounter, parseDocument, type Document } from "yaml";
import { UserError } from "../errors.js";
import { shownPath } from "../shown-path.js";
import { durationMs } from "./duration.js";
import type { Ceiling, Demo, JsonObject, Manifest } from "./manifest.js";
import { placesOf, type WrittenPlace } from "./places.js";
import { describe, inexactNumbers, lineOf, type Problem } from "./problems.js";
import { schemaErrors } from "./schema.js";

/** The file's own names, as docs/schemas/filter.schema.json allows them. */
interface Written {
  name: string;
  summary: string;
  configuration?: JsonObject;
  root_id?: string;
  failure_policy?: Manifest["failurePolicy"];
  stream_idle_timeout?: string;
  allow_on_headers_stop_iteration?: boolean;
  environment?: string[];
  capabilities?: string[];
  callees?: Record<string, WrittenPlace>;
  demo?: Demo;
}

/** Reads a manifest. A UserError lists everything that is wrong with it, each with file and line. */
export function readManifest(path: string): Manifest {
  const file = resolve(path);
  const { written, ceiling } = checked(file, basename(dirname(file)));
  return filled(written, ceiling, file);
}

/**
 * A manifest's ceiling, for whoever builds the filter beside it: the folder may have another name. All else in it has to be
 * right, too: a misspelt `capabilities` bounds nothing.
 */
export function readCeiling(path: string): Ceiling | null {
  return checked(resolve(path), null).ceiling;
}

/** `folder`: the name that the filter has to have, null where any will do. */
function checked(file: string, folder: string | null): { written: Written; ceiling: Ceiling | null } {
  const lines = new LineCounter();
  const document = parseDocument(textOf(file), { lineCounter: lines, prettyErrors: false });
  const problems = problemsOf(document, lines, folder);
  if (problems.length > 0) throw new UserError(problems.map((problem) => show(file, problem)).join("\n"));
  const written = document.toJS() as Written;
  const groups = written.capabilities;
  const ceiling = groups ? { groups, line: lineOf(document, ["capabilities"], lines) } : null;
  return { written, ceiling };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new UserError(
      `${shownPath(file)}: cannot be read`,
      "A filter's folder holds filter.ts and filter.yaml.",
    );
  }
}

function problemsOf(document: Document, lines: LineCounter, folder: string | null): Problem[] {
  if (document.errors.length > 0) {
    return document.errors.map((error) => ({ line: lines.linePos(error.pos[0]).line, text: error.message }));
  }
  const value = document.toJS() as Written;
  const found = schemaErrors(value).map((error) => describe(error, document, lines));
  found.push(...inexactNumbers(document, lines));
  if (found.length === 0 && folder !== null && value.name !== folder) {
    found.push({ line: 1, text: `name: ${value.name} differs from the name of its folder, ${folder}` });
  }
  return found.sort((a, b) => a.line - b.line);
}

function show(file: string, problem: Problem): string {
  return `${shownPath(file)}:${problem.line}: ${problem.text}`;
}

function filled(written: Written, ceiling: Ceiling | null, path: string): Manifest {
  return {
    path,
    folder: dirname(path),
    name: written.name,
    summary: written.summary,
    configuration: written.configuration,
    rootId: written.root_id ?? "",
    failurePolicy: written.failure_policy ?? "FAIL_RELOAD",
    streamIdleTimeoutMs: durationMs(written.stream_idle_timeout ?? ""),
    allowOnHeadersStopIteration: written.allow_on_headers_stop_iteration ?? false,
    environment: written.environment ?? [],
    ceiling,
    callees: placesOf(written.callees),
    demo: written.demo,
  };
}
