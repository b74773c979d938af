/** What the compiler tells of a finding. */
export interface Diagnostic {
  message: string;
  code: number;
  category: number;
  range: { start: number; source: { normalizedPath: string } } | null;
}

/** Gives the text of a source by the path under which the compiler knows it. */
export type TextOf = (normalizedPath: string) => Promise<string | null>;

/** The category of findings that end a compilation. */
export const ERROR = 3;

/** A finding as `file:line:column: message`, and the line of source it speaks of. */
export async function formatDiagnostic(
  { message, code, range }: Diagnostic,
  textOf: TextOf,
): Promise<string> {
  const said = `${message} (AS${code})`;
  if (range === null) return said;
  const path = range.source.normalizedPath;
  const text = await textOf(path);
  if (text === null) return `${path}: ${said}`;
  const before = text.slice(0, range.start).split("\n");
  const column = before.at(-1)!.length + 1;
  return `${path}:${before.length}:${column}: ${said}\n    ${text.split("\n")[before.length - 1]!.trim()}`;
}
