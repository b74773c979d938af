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

/** Texts of the files that are the author's own, not the library's or the compiler's. */
export function authorTexts(parser: Parser): string[] {
  return parser.sources.filter((s) => !s.normalizedPath.startsWith("~lib/")).map((s) => s.text);
}
