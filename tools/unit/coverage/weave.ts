import { Node, Parser } from "assemblyscript";
import type { Source, Statement as Tree } from "assemblyscript";
import { NodeKind } from "../compile/kinds.js";
import type { Statement } from "../types.js";

/** What was woven into a program: the statements of each source, counted through all sources. */
export interface Woven {
  sources: { path: string; statements: Statement[] }[];
  count: number;
}

/** The name under which the module exports where its marks are. */
export const MARKS = "__coverage_marks";

/** Puts a mark before every statement of the sources; a statement that runs sets its mark to 1. */
export function weave(parser: Parser, sources: readonly Source[]): Woven {
  const woven: Woven = { sources: [], count: 0 };
  for (const source of sources) {
    const statements = weaveSource(source, woven.count);
    woven.sources.push({ path: source.normalizedPath, statements });
    woven.count += statements.length;
  }
  if (woven.count > 0) parser.parseFile(marks(woven.count), "meshscript-coverage.ts", true);
  return woven;
}

/** The statements of a source text, for files that no spec compiles. */
export function statementsOf(text: string, path: string): Statement[] {
  const parser = new Parser();
  parser.parseFile(text, path, false);
  return weaveSource(parser.sources[0]!, 0);
}

// Marks stand in static memory, so that marking costs no call into the host and survives a trap.
function marks(count: number): string {
  return `const marks = memory.data(${count});
    export function ${MARKS}(): usize { return marks; }
    @global function __mark(id: usize): void { store<u8>(marks + id, 1); }`;
}

/** A list of statements in the tree, and which of its items are marked. */
interface List {
  items: Tree[];
  marked: boolean[];
  switched: boolean;
}

function weaveSource(source: Source, firstId: number): Statement[] {
  const lists: List[] = [topLevel(source)];
  collect(source.statements, false, lists);
  const found = lists.flatMap((list) =>
    list.items.filter((_, i) => list.marked[i]).map((node) => ({ node, switched: list.switched })),
  );
  found.sort((a, b) => a.node.range.start - b.node.range.start);
  const calls = callsFor(source, firstId, found.length);
  const callOf = new Map(found.map(({ node }, i) => [node, calls[i]!]));
  for (const { items } of lists) {
    items.splice(
      0,
      items.length,
      ...items.flatMap((node) => [callOf.get(node), node].filter((n) => n !== undefined)),
    );
  }
  return found.map(({ node, switched }) => ({ line: source.lineAt(node.range.start), switched }));
}

// Declarations at the top level do not run, and variables there become globals.
function topLevel(source: Source): List {
  const items = source.statements;
  return { items, marked: items.map((node) => node.kind === NodeKind.Expression), switched: false };
}

function callsFor(source: Source, firstId: number, count: number): Tree[] {
  const parser = new Parser();
  const text = Array.from({ length: count }, (_, i) => `__mark(${firstId + i});`).join("");
  parser.parseFile(text, source.normalizedPath, false);
  return parser.sources[0]!.statements;
}

type Tangled = Record<string, unknown> & { kind: number; condition?: Node };

function collect(value: unknown, switched: boolean, lists: List[]): void {
  if (Array.isArray(value)) return value.forEach((item) => collect(item, switched, lists));
  if (!isNode(value)) return;
  wrapBodies(value);
  const inner = switched || (value.kind === NodeKind.If && isSwitch(value.condition!));
  for (const [key, child] of Object.entries(value)) if (key !== "range") collect(child, inner, lists);
  if (value.kind === NodeKind.Block || value.kind === NodeKind.SwitchCase) {
    const items = value["statements"] as Tree[];
    const marked = items.map((node) => node.kind !== NodeKind.Block && node.kind !== NodeKind.Empty);
    lists.push({ items, marked, switched });
  }
}

function isNode(value: unknown): value is Tangled {
  return typeof value === "object" && value !== null && "kind" in value && "range" in value;
}

function isSwitch(condition: Node): boolean {
  const { source, start, end } = condition.range;
  return source.text.slice(start, end).includes("isDefined(");
}

const LOOPS: readonly number[] = [NodeKind.For, NodeKind.ForOf, NodeKind.While, NodeKind.Do];

/** Makes blocks of bodies that are a single statement, so that a mark fits in. */
function wrapBodies(node: Tangled): void {
  if (LOOPS.includes(node.kind)) wrap(node, "body");
  if (node.kind !== NodeKind.If) return;
  wrap(node, "ifTrue");
  if ((node["ifFalse"] as Tree | null)?.kind !== NodeKind.If) wrap(node, "ifFalse");
}

function wrap(node: Tangled, key: string): void {
  const body = node[key] as Tree | null;
  if (body && body.kind !== NodeKind.Block) node[key] = Node.createBlockStatement([body], body.range);
}
