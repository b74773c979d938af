import { relative, sep } from "node:path";

import type { ExportStatement, ImportStatement, Source } from "assemblyscript";
import { UserError } from "../../errors.js";
import { packageRoot } from "../../package-root.js";
import { NodeKind } from "./kinds.js";
import { fileOf } from "./sources.js";

/**
 * Refuses a program that reaches the library by a relative path: specs, filters and Trial would then hold two copies of
 * it, each with its own registered filters and settings, and none would see what the other did.
 */
export function requireLibraryOnce(sources: readonly Source[], cwd: string): void {
  for (const source of sources) {
    if (source.normalizedPath.startsWith("~lib/")) continue;
    for (const statement of source.statements) refuseCopy(statement as ImportStatement, cwd);
  }
}

function refuseCopy(statement: ImportStatement | ExportStatement, cwd: string): void {
  const { kind, internalPath, range } = statement;
  if ((kind !== NodeKind.Import && kind !== NodeKind.Export) || !internalPath) return;
  if (internalPath.startsWith("~lib/")) return;
  const file = fileOf(internalPath, cwd);
  const inside = file === null ? ".." : relative(packageRoot, file).split(sep).join("/");
  if (inside !== "assembly" && !inside.startsWith("assembly/")) return;
  const place = `${range.source.normalizedPath}:${range.source.lineAt(range.start)}`;
  throw new UserError(
    `${place}: imports the library by a relative path, which would compile a second copy of it`,
    `import from "meshscript/${inside.replace(/(\/index)?(\.ts)?$/, "")}" instead`,
  );
}
