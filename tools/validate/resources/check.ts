import type { ErrorObject, ValidateFunction } from "ajv";
import { LineCounter, parseAllDocuments, type Document } from "yaml";
import { describe } from "../../manifest/problems.js";
import { nearest } from "../../manifest/nearest.js";
import { nothing, type Finding, type Outcome } from "../report.js";
import { resourceSchemas } from "./index.js";
import { validatorOf } from "./validator.js";

/** Whether a text holds objects of a cluster: it says so at the beginning of a line. */
export function holdsResources(text: string): boolean {
  return /^apiVersion:/m.test(text) && /^kind:/m.test(text);
}

/** Whether a cluster would take the objects of a YAML text; `file` is how the text is called. */
export function checkResources(text: string, file: string): Outcome {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false }) as Document.Parsed[];
  const outcome = nothing();
  for (const document of documents.filter(({ contents }) => contents !== null)) {
    const { findings, unknown } = checkOne(document, lines);
    outcome.findings.push(...findings.map(({ line, text }) => ({ file, line, text })));
    if (unknown) outcome.unchecked.push(`${file}: ${unknown}`);
  }
  return outcome;
}

interface Checked {
  findings: Omit<Finding, "file">[];
  /** Why the object could not be judged. */
  unknown?: string;
}

function checkOne(document: Document, lines: LineCounter): Checked {
  const [broken] = document.errors; // The ones after the first are about its consequences.
  if (broken) return { findings: [{ line: lines.linePos(broken.pos[0]).line, text: broken.message }] };
  const value = document.toJS() as { apiVersion?: unknown; kind?: unknown } | null;
  const type = `${value?.apiVersion}/${value?.kind}`;
  const isSound = validatorFor(type);
  if (!isSound) return { findings: [], unknown: `no schema for ${type}${likely(type)}` };
  if (isSound(value)) return { findings: [] };
  return {
    findings: telling(isSound.errors!).map((error) => worded(describe(error, document, lines, "object"))),
  };
}

/** As in a cluster, a rule counts only where the schema has nothing to say of the object that it is about. */
function telling(errors: readonly ErrorObject[]): ErrorObject[] {
  const places = errors.filter(({ keyword }) => keyword !== "rules").map(({ instancePath }) => instancePath);
  const isMoot = (at: string) => places.some((place) => place === at || place.startsWith(`${at}/`));
  return errors.filter(({ keyword, instancePath }) => keyword !== "rules" || !isMoot(instancePath));
}

function worded({ line, text }: { line: number; text: string }): { line: number; text: string } {
  return { line, text: text.replace(": unknown setting", ": unknown field") };
}

function likely(type: string): string {
  const meant = nearest(type, Object.keys(resourceSchemas));
  return meant ? `; did you mean ${meant}?` : "";
}

const validators = new Map<string, ValidateFunction>();

function validatorFor(type: string): ValidateFunction | undefined {
  const schema = resourceSchemas[type];
  if (!schema) return undefined;
  const known = validators.get(type) ?? validatorOf(schema);
  validators.set(type, known);
  return known;
}
