import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { packageRoot } from "../package-root.js";

/** The entry that every module is compiled from: the library's callbacks, then the author's file. */
export const ENTRY = "meshscript-entry.ts";

/** Files whose text never changes while the process runs, by path: a second compilation starts much sooner. */
const libraryTexts = new Map<string, string | null>();

/** Reads sources for the compiler: the virtual entry, this package wherever it is asked for, and files below `base`. */
export function sourceReader(base: string, entryText: string): (name: string) => string | null {
  return (name) => {
    if (name === ENTRY) return entryText;
    const own = name.match(/(?:^|\/)node_modules\/meshscript\/(.+)$/);
    return own ? cached(join(packageRoot, own[1]!)) : read(resolve(base, name));
  };
}

function cached(path: string): string | null {
  if (!libraryTexts.has(path)) libraryTexts.set(path, read(path));
  return libraryTexts.get(path)!;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** The text of the virtual entry for an author's file, given without extension and relative to the base folder. */
export function entryText(file: string): string {
  return `export * from "meshscript/assembly/entry";\nimport ${JSON.stringify(`./${file}`)};\n`;
}
