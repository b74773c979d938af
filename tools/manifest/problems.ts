import type { ErrorObject } from "ajv";
import { isMap, isNode, visit, type Document, type LineCounter } from "yaml";
import { nearest } from "./nearest.js";

export interface Problem {
  /** First line is 1. */
  line: number;
  text: string;
}

/** Keys and places in lists, from the outside in. */
export type Path = (string | number)[];

/** A schema's complaint, in words and with the line it is about. `whole` is what a document as a whole is called. */
export function describe(
  error: ErrorObject,
  document: Document,
  lines: LineCounter,
  whole = "manifest",
): Problem {
  const path = pathOf(error);
  const key = error.params.additionalProperty ?? error.params.missingProperty;
  const where = [...path, ...(key === undefined ? [] : [key as string])];
  const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
  return { line: lineOf(document, where, lines), text: `${show(where) || whole}: ${sentence(error, known)}` };
}

/** Whole numbers that JavaScript would round without a word. */
export function inexactNumbers(document: Document, lines: LineCounter): Problem[] {
  const found: Problem[] = [];
  visit(document, {
    Scalar(_, { value, source, range }) {
      if (!Number.isInteger(value) || Number.isSafeInteger(value)) return;
      const line = lines.linePos(range?.[0] ?? 0).line;
      found.push({ line, text: `${source} is too large to be kept exactly: write it as text` });
    },
  });
  return found;
}

function sentence(error: ErrorObject, known: string[]): string {
  if (error.keyword === "additionalProperties") return unknownKey(error.params.additionalProperty, known);
  if (error.keyword === "required") return "required";
  if (error.keyword === "type") return `expected ${[error.params.type].flat().join(" or ")}`;
  if (error.keyword === "enum") return unknownWord(error.data, error.params.allowedValues);
  if (error.propertyName !== undefined)
    return `${JSON.stringify(error.propertyName)} is no name that can be given here: see ${error.params.pattern}`;
  if (error.keyword === "pattern")
    return `${JSON.stringify(error.data)} does not match ${error.params.pattern}`;
  return error.message!;
}

function unknownKey(key: string, known: string[]): string {
  const meant = nearest(key, known);
  return meant ? `unknown setting; did you mean ${meant}?` : `unknown setting; known are ${known.join(", ")}`;
}

/** A list that is seen at a glance needs no advice. */
function unknownWord(word: unknown, known: string[]): string {
  const meant = typeof word === "string" && known.length > 5 ? nearest(word, known) : undefined;
  return `expected one of ${known.join(", ")}${meant === undefined ? "" : `; did you mean ${meant}?`}`;
}

function pathOf(error: ErrorObject): Path {
  const parts = error.instancePath.split("/").slice(1);
  return parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** `rules[1].prefix`; "" for a document as a whole. */
export function show(path: Path): string {
  const text = path.map((part) => (/^\d+$/.test(String(part)) ? `[${part}]` : `.${part}`)).join("");
  return text.replace(/^\./, "");
}

/** Of the innermost part of the path that the document has: a missing key is reported at its parent. */
export function lineOf(document: Document, path: Path, lines: LineCounter): number {
  for (let length = path.length; length > 0; length--) {
    const offset = offsetOf(document, path.slice(0, length));
    if (offset !== undefined) return lines.linePos(offset).line;
  }
  return lines.linePos(document.contents?.range?.[0] ?? 0).line;
}

function offsetOf(document: Document, path: Path): number | undefined {
  const parent = document.getIn(path.slice(0, -1), true);
  const last = path.at(-1)!;
  if (isMap(parent)) {
    const key = parent.items.find((pair) => String(pair.key) === String(last))?.key;
    return isNode(key) ? key.range?.[0] : undefined;
  }
  const node = document.getIn(path, true);
  return isNode(node) ? node.range?.[0] : undefined;
}
