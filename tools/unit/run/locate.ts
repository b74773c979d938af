import { SourceMap } from "node:module";

/** What a reader of a failure need not see: the standard library, as-pect, and Trial's own mechanics. */
const HIDDEN = /^(~lib|meshscript\/assembly\/testing)\//;

/** Turns the stack of a trap into places in the sources. */
export type Locate = (stack: string) => string[];

type Entry = { originalSource: string; originalLine: number; originalColumn: number };

const FRAME = /at (\S+) \(\S*wasm-function\[\d+\]:(0x[0-9a-f]+)/g;

/** `map` is the source map of the module, as JSON. */
export function locator(map: string): Locate {
  let parsed: SourceMap | undefined;
  return (stack) => {
    parsed ??= new SourceMap(JSON.parse(map));
    const places = [...stack.matchAll(FRAME)].map(
      (frame) => topLevel(frame[1]!) ?? place(parsed!, parseInt(frame[2]!, 16)),
    );
    return places.filter((found) => found !== null).filter((found, i, all) => found !== all[i - 1]);
  };
}

// The compiler maps nothing of the code that stands outside functions.
function topLevel(name: string): string | null {
  const file = /^start:((?:~lib)?[^~]+)$/.exec(name)?.[1];
  return file === undefined ? null : shown(`${file}.ts`, " (top level)");
}

function place(map: SourceMap, offset: number): string | null {
  const entry = entryBefore(map, offset);
  if (entry === null) return null;
  return shown(entry.originalSource, `:${entry.originalLine + 1}:${entry.originalColumn + 1}`);
}

function shown(source: string, where: string): string | null {
  const file = source.replace("~lib/meshscript/", "meshscript/");
  return HIDDEN.test(file) ? null : file + where;
}

const NEAR = 48;

// Some instructions map to nothing: what stands shortly before them is of the same expression.
function entryBefore(map: SourceMap, offset: number): Entry | null {
  for (let at = offset; at > offset - NEAR; --at) {
    const entry = map.findEntry(0, at) as Partial<Entry>;
    if (entry.originalSource !== undefined) return entry as Entry;
  }
  return null;
}
