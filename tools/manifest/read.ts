import { readFileSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { LineCounter, parseDocument, type Document } from "yaml";
import { UserError } from "../errors.js";
import { durationMs } from "./duration.js";
import type { Demo, JsonObject, Manifest, Place } from "./manifest.js";
import { describe, inexactNumbers, type Problem } from "./problems.js";
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
  callees?: Record<string, { address?: string; port: number; protocol?: "http1" | "http2" | "grpc" }>;
  demo?: Demo;
}

/** Reads a manifest. A UserError lists everything that is wrong with it, each with file and line. */
export function readManifest(path: string): Manifest {
  const file = resolve(path);
  const lines = new LineCounter();
  const document = parseDocument(textOf(file), { lineCounter: lines, prettyErrors: false });
  const problems = problemsOf(document, lines, basename(dirname(file)));
  if (problems.length > 0) throw new UserError(problems.map((problem) => show(file, problem)).join("\n"));
  return filled(document.toJS() as Written, file);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new UserError(
      `${shown(file)}: cannot be read`,
      "A filter's folder holds filter.ts and filter.yaml.",
    );
  }
}

function problemsOf(document: Document, lines: LineCounter, folder: string): Problem[] {
  if (document.errors.length > 0) {
    return document.errors.map((error) => ({ line: lines.linePos(error.pos[0]).line, text: error.message }));
  }
  const value = document.toJS() as Written;
  const found = schemaErrors(value).map((error) => describe(error, document, lines));
  found.push(...inexactNumbers(document, lines));
  if (found.length === 0 && value.name !== folder) {
    found.push({ line: 1, text: `name: ${value.name} differs from the name of its folder, ${folder}` });
  }
  return found.sort((a, b) => a.line - b.line);
}

function show(file: string, problem: Problem): string {
  return `${shown(file)}:${problem.line}: ${problem.text}`;
}

/** Short where the file is below the current folder. */
function shown(file: string): string {
  const short = relative(process.cwd(), file);
  return short.startsWith("..") ? file : short;
}

function filled(written: Written, path: string): Manifest {
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
    callees: placesOf(written.callees),
    demo: written.demo,
  };
}

/** gRPC is HTTP/2 to whoever connects. */
function placesOf(callees: Written["callees"] = {}): Record<string, Place> {
  const places = Object.entries(callees).map(
    ([name, { address = "127.0.0.1", port, protocol = "http1" }]) => [
      name,
      { address, port, protocol: protocol === "grpc" ? "http2" : protocol },
    ],
  );
  return Object.fromEntries(places);
}
