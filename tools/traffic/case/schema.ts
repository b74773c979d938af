import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { packageRoot } from "../../package-root.js";
import { wordingOf } from "./wording.js";

/** What is wrong with a value, and where in it. */
export interface Problem {
  /** Keys and indices from the value's root. */
  path: string[];
  /** The unknown field itself is at fault, not what holds it. */
  field?: string;
  message: string;
}

/** Keywords that only say that a branch of an alternative was not meant. */
const BRANCH = new Set(["type", "const", "enum", "required"]);

interface Validators {
  document: ValidateFunction;
  case: ValidateFunction;
  callees: ValidateFunction;
}

let compiled: Validators | undefined;

/** Problems of a whole document of a traffic file; none when it is well. */
export function documentProblems(value: unknown): Problem[] {
  return problemsOf(validators().document, value);
}

/** Problems of one case, for files of other kinds that hold cases. */
export function caseProblems(value: unknown): Problem[] {
  return problemsOf(validators().case, value);
}

/** Problems of callees, for the same. */
export function calleesProblems(value: unknown): Problem[] {
  return problemsOf(validators().callees, value);
}

/** Compiled at first use: commands that read no traffic file need not wait for it. */
function validators(): Validators {
  return (compiled ??= compile());
}

function compile(): Validators {
  const schema = JSON.parse(readFileSync(join(packageRoot, "docs/schemas/traffic.schema.json"), "utf8"));
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: true, strictRequired: false });
  ajv.addFormat("regex", isPattern);
  const part = (path: string): ValidateFunction => ajv.compile({ $ref: `${schema.$id}#/${path}` });
  return { document: ajv.compile(schema), case: part("$defs/case"), callees: part("properties/callees") };
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, "u");
    return true;
  } catch {
    return false;
  }
}

function problemsOf(validate: ValidateFunction, value: unknown): Problem[] {
  if (validate(value)) return [];
  const errors = (validate.errors ?? []).filter((error) => error.keyword !== "if");
  return errors.filter((error) => isTelling(error, errors)).map(problemOf);
}

/** Of an alternative's errors only those of the branch that was meant are told; else the alternative itself. */
function isTelling(error: ErrorObject, all: ErrorObject[]): boolean {
  const here = all.filter((other) => other.instancePath === error.instancePath);
  const alternatives = here.filter((other) => other.keyword === "anyOf");
  if (alternatives.length === 0) return true;
  if (error.keyword !== "anyOf") return !BRANCH.has(error.keyword);
  const specific = here.some((other) => other.keyword !== "anyOf" && !BRANCH.has(other.keyword));
  const deeper = all.some((other) => other.instancePath.startsWith(`${error.instancePath}/`));
  // Of alternatives within alternatives the outermost comes last: it knows all that is allowed.
  return !specific && !deeper && error === alternatives.at(-1);
}

function problemOf(error: ErrorObject): Problem {
  const path = error.instancePath.split("/").slice(1).map(unescape);
  const field = error.params.additionalProperty as string | undefined;
  return { path, field, message: wordingOf(error) };
}

function unescape(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}
