import { kinds } from "./kinds.js";

/** The part of a parse tree that shows registrations. */
export interface Parser {
  sources: { statements: Node[]; normalizedPath: string; text: string }[];
}

interface Node {
  kind: number;
  expression?: Node;
  typeArguments?: { name: { identifier: { text: string } } }[] | null;
  args?: Node[];
  text?: string;
  value?: string;
}

/** The classes that `register<T>(…)` names at the top level of a file, with their root_id. */
export function registeredRootIds(parser: Parser): Map<string, string> {
  const calls = parser.sources
    .flatMap((source) => source.statements)
    .filter((s) => s.kind === kinds.Expression && s.expression?.kind === kinds.Call)
    .map((s) => s.expression!)
    .filter((call) => call.expression?.text === "register" && call.typeArguments?.length === 1);
  return new Map(
    calls.map((call) => [call.typeArguments![0]!.name.identifier.text, call.args?.[0]?.value ?? ""]),
  );
}

/** What filters share: its settings and metrics are those of the filter that names it. */
const SHARED = "~lib/meshscript/assembly/access/";

/**
 * Texts of the files that are the author's own, not the library's or the compiler's. Those of classes that filters share
 * stand in front of them where a class is named.
 */
export function authorTexts(parser: Parser): string[] {
  const texts = textsBelow(parser, (path) => !path.startsWith("~lib/"));
  const shared = textsBelow(parser, (path) => path.startsWith(SHARED));
  // Texts are added in front while this goes on, since what is named may name others in turn.
  for (let i = 1; i <= texts.length; ++i) {
    const text = texts.at(-i)!;
    texts.unshift(...shared.filter((other) => !texts.includes(other) && namesClassOf(text, other)));
  }
  return texts;
}

function textsBelow(parser: Parser, isWanted: (path: string) => boolean): string[] {
  return parser.sources.filter((source) => isWanted(source.normalizedPath)).map((source) => source.text);
}

function namesClassOf(text: string, other: string): boolean {
  const classes = [...other.matchAll(/^export class (\w+)/gm)].map(([, name]) => name!);
  return classes.some((name) => new RegExp(`\\b${name}\\b`).test(text));
}
