import { readFileSync } from "node:fs";
import { LineCounter, parseDocument, type Document } from "yaml";
import { lineOf, show, type Path } from "../manifest/problems.js";
import { shownPath } from "../shown-path.js";
import type { Finding } from "./report.js";

/** A part of a YAML file: a place in it that findings are about. */
export interface Place {
  /** Absolute. */
  path: string;
  document: Document;
  lines: LineCounter;
  /** Where in the document the part stands. */
  within: Path;
}

/** A file that was read before, so that it can be read and parsed. */
export function placeIn(path: string, within: Path): Place {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, "utf8"), { lineCounter: lines, prettyErrors: false });
  return { path, document, lines, within };
}

/** Whether the file says anything of this part. */
export function isWritten({ document }: Place, within: Path): boolean {
  return document.hasIn(within);
}

/** A finding about something at `path` inside the part; the text begins with the whole path. */
export function findingAt({ path: file, document, lines, within }: Place, path: Path, text: string): Finding {
  const whole = [...within, ...path];
  return { file: shownPath(file), line: lineOf(document, whole, lines), text: `${show(whole)}: ${text}` };
}

/** A finding about the part as a whole. */
export function about(place: Place, text: string): Finding {
  return { ...findingAt(place, [], ""), text };
}

/** `rules[1].prefix` as keys and places. */
export function pathOf(text: string): Path {
  return [...text.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([part, at]) =>
    at === undefined ? part : Number(at),
  );
}
