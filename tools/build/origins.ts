import { handlersOf } from "./callbacks.js";

/** Where an author's own files come to a host function or are come to by a callback: name -> `filters/x/filter.ts:12`. */
export type Origins = Record<string, string>;

/** The library's own lines: through this nothing of what an author wants to log goes. */
const OWN_VOICE = "~lib/meshscript/assembly/abi/line/write";

/**
 * For each host function the line in the author's files that leads to it, through the library alone; for each callback the
 * first line of the handler that it comes to. Names without such a line are left out: the library makes use of them by
 * itself. Reads the text form of a module whose functions still have their names; `before`: as it was before passes that
 * forget where calls stand.
 */
export function originsOf(text: string, before: string): Origins {
  const graph = { functions: functionsIn(text), before: functionsIn(before) };
  const imports = [...text.matchAll(/^ \(import "[^"]+" "([^"]+)" \(func \$([^\s()"]+|"[^"]+")/gm)];
  const callbacks = [...text.matchAll(/^ \(export "(proxy_on_\w+)" \(func \$([^\s()"]+|"[^"]+")/gm)];
  return Object.fromEntries([
    ...imports.flatMap(([, name, at]) => entry(name!, caller(unquoted(at!), graph))),
    ...callbacks.flatMap(([, name, at]) => entry(name!, handler(name!, unquoted(at!), graph))),
  ]);
}

interface Graph {
  functions: Functions;
  before: Functions;
}

type Functions = Map<string, FunctionText>;

interface FunctionText {
  /** Whether it is the author's. */
  own: boolean;
  /** Called functions, each with the author's line at which that is; "" within the library. */
  calls: [callee: string, line: string][];
  /** Its first line; "" within the library. */
  first: string;
}

function entry(name: string, line: string | undefined): [string, string][] {
  return line ? [[name, line]] : [];
}

/** The author's call that leads to a function, nearest first. */
function caller(wanted: string, { functions, before }: Graph): string | undefined {
  const reached = new Set([wanted]);
  for (const name of reached) {
    const callers = [...functions].filter(([, { calls }]) => calls.some(([callee]) => callee === name));
    const lines = callers.filter(([, { own }]) => own).map(([from]) => lineOf(from, name, before));
    if (lines.length > 0) return lines.sort(byPlace)[0];
    for (const [from] of callers) if (from !== OWN_VOICE) reached.add(from);
  }
  return undefined;
}

/** Where an author's function calls another; where it begins, if that is all that is known. */
function lineOf(from: string, callee: string, before: Functions): string {
  const known = before.get(from);
  return known?.calls.find(([name]) => name === callee)?.[1] || known?.first || from;
}

/** The author's handler that a callback comes to, nearest first. */
function handler(callback: string, exported: string, { functions, before }: Graph): string | undefined {
  const wanted = handlersOf(callback);
  const reached = new Set([exported]);
  for (const name of reached) {
    const one = functions.get(name);
    if (!one?.own) for (const [callee] of one?.calls ?? []) reached.add(callee);
    else if (wanted.includes(name.replace(/^.*#/, ""))) return before.get(name)?.first || name;
  }
  return undefined;
}

function functionsIn(text: string): Functions {
  const table = [...(text.match(/^ \(elem .*$/gm) ?? [])].flatMap((line) =>
    [...line.matchAll(/\$([^\s()"]+|"[^"]+")/g)].map(([, name]) => unquoted(name!)),
  );
  const bodies = text.split(/^ \(func \$/m).slice(1);
  return new Map(
    bodies.map((body) => [unquoted(/^([^\s()"]+|"[^"]+")/.exec(body)![0]), functionOf(body, table)]),
  );
}

/** Where what follows stands in a file, a call, or a call of whatever stands in the table. */
const STEP = /;;@ (\S+):(\d+):\d+|\(call \$([^\s()"]+|"[^"]+")|\(call_indirect/g;

/** The library calls through the table what authors hand it; that is theirs. */
function functionOf(body: string, table: readonly string[]): FunctionText {
  const own = !/^"?(start:)?(~|meshscript-entry)/.test(body);
  const calls: FunctionText["calls"] = [];
  let line = "";
  let first = "";
  for (const [, file, number, callee] of body.matchAll(STEP)) {
    if (callee !== undefined) calls.push([unquoted(callee), line]);
    else if (file === undefined)
      calls.push(...(own ? table : []).map((name) => [name, line] as [string, string]));
    // What is inlined from the library stands at the library's lines.
    else if (own && !file.startsWith("~")) line = `${file}:${number}`;
    first ||= line;
  }
  return { own, calls, first };
}

function byPlace(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

/** Names with unusual characters stand in quotes. */
function unquoted(name: string): string {
  return name.replace(/^"|"$/g, "");
}
