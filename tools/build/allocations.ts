/** Functions through which every managed object is made. */
const ALLOCATORS = /^~lib\/rt\/\w+\/__(new|renew)$/;

/** Exports that run when a module starts or is configured, not with traffic. */
const BEFORE_TRAFFIC = new Set(["_initialize", "proxy_on_configure"]);

/** The library's function that makes a text from what the host returned. */
const TEXT_MAKER = "~lib/meshscript/assembly/abi/text/decode";

/** What callbacks that run with traffic make: nothing, only the texts they read, or any objects. */
export type Allocations = "nothing" | "texts" | "objects";

/**
 * What traffic can make a module allocate. Reads the text form of a module whose functions still have their names. A
 * call through the table counts as a call of each function in it.
 */
export function allocationsWithTraffic(text: string): Allocations {
  const calls = callGraph(text);
  const reached = new Set(exportedFunctions(text));
  for (const name of reached) for (const callee of calls.get(name) ?? []) reached.add(callee);
  const makers = [...reached].filter((name) =>
    [...(calls.get(name) ?? [])].some((callee) => ALLOCATORS.test(callee)),
  );
  if (makers.length === 0) return "nothing";
  return makers.every((name) => name === TEXT_MAKER) ? "texts" : "objects";
}

/** Functions that take from the heap. */
const HEAP = /^~lib\/(rt\/\w+\/__(new|renew)|memory\/heap\.alloc)$/;
/** Those of them that a module without a heap does without: the arena has another way, a plain filter's object none to make. */
const DISPENSABLE = /^~lib\/(rt\/|object\/Object#|meshscript\/.*(#constructor|\/takeBlock)$)/;

/**
 * Whether a module keeps anything on the heap, from its start or its configuration on: then it has to have one. `filters`
 * are the names of its filters' classes.
 */
export function usesHeap(text: string, filters: readonly string[]): boolean {
  const made = filters.map((name) => `/${name}#constructor`);
  return [...callGraph(text)].some(
    ([name, callees]) =>
      !DISPENSABLE.test(name) &&
      !made.some((constructor) => name.endsWith(constructor)) &&
      [...callees].some((callee) => HEAP.test(callee)),
  );
}

function exportedFunctions(text: string): string[] {
  return [...text.matchAll(/\(export "([^"]+)" \(func \$([^\s()]+)\)\)/g)]
    .filter(([, name]) => !BEFORE_TRAFFIC.has(name!))
    .map(([, , target]) => unquote(target!));
}

function callGraph(text: string): Map<string, Set<string>> {
  const table = [...(text.match(/^ \(elem .*$/gm) ?? [])].flatMap((line) => names(line, /\$([^\s()]+)/g));
  const graph = new Map<string, Set<string>>();
  for (const body of text.split(/^ \(func \$/m).slice(1)) {
    const callees = names(body, /\(call \$([^\s()]+)/g);
    const indirect = body.includes("(call_indirect") ? table : [];
    graph.set(unquote(body.match(/^[^\s()]+/)![0]), new Set([...callees, ...indirect]));
  }
  return graph;
}

function names(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name]) => unquote(name!));
}

/** Names with unusual characters stand in quotes. */
function unquote(name: string): string {
  return name.replace(/^"|"$/g, "");
}
