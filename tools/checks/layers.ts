import { posix } from "node:path";
import { lineAt, type Check, type Finding } from "./check.js";
import { projectFiles, textOf } from "./files.js";
import { libraryRules, toolRules, type Rules } from "./layer-rules.js";

const importStatement =
  /^(?:import|export)\b[^;"'()]*?\bfrom\s*"([^"]+)"|^import\s*"([^"]+)"|\bimport\("([^"]+)"\)/gm;

/** Data flows one way: who may import from whom is looked up in `layer-rules.ts`. */
export const layers: Check = {
  name: "layers import one way",
  run: (root) =>
    projectFiles(root)
      .filter(isSource)
      .flatMap((file) => findings(file, textOf(root, file))),
};

function isSource(file: string): boolean {
  return /^(tools|assembly|filters)\/.*\.ts$/.test(file);
}

function findings(file: string, text: string): Finding[] {
  return [...text.matchAll(importStatement)].flatMap((match) => {
    const imported = match.slice(1).find((group) => group !== undefined)!;
    const remedy = remedyFor(file, imported);
    return remedy ? [{ file, line: lineAt(text, match.index), message: `imports ${imported}`, remedy }] : [];
  });
}

/** What to do about an import; undefined where it is as it should be. */
function remedyFor(file: string, imported: string): string | undefined {
  const target = imported.startsWith(".") ? posix.join(posix.dirname(file), imported) : imported;
  if (file.startsWith("filters/")) return filterRemedy(file, target);
  // The entry for plain asc names the package as filters do, so that the library is compiled once.
  if (file === "assembly/plain.ts") return undefined;
  if (/^meshscript(\/|$)/.test(imported)) return "Within the package, import by relative paths.";
  if (!imported.startsWith(".")) return undefined;
  // Benchmarks and end-to-end tests are no part of the package: only a verb of the repository starts them.
  if (file === "tools/cli/verbs.ts" && /^(bench|tests\/tools)\//.test(target)) return undefined;
  const [area, ...rest] = file.split("/") as [string, ...string[]];
  if (!target.startsWith(`${area}/`)) return `${area}/ imports nothing from outside itself.`;
  const rules = area === "tools" ? toolRules : libraryRules;
  return layerRemedy(rest.join("/"), target.slice(area.length + 1), rules);
}

/** A filter can be copied into another project as it is. */
function filterRemedy(file: string, target: string): string | undefined {
  const isOwn = target.startsWith(`${posix.dirname(file)}/`);
  if (isOwn || target === "meshscript/assembly") return undefined;
  return 'A filter imports from "meshscript/assembly" and its own folder only.';
}

/** Both paths are relative to the area. */
function layerRemedy(file: string, target: string, rules: Rules): string | undefined {
  const own = layerOf(file, rules);
  const allowed = rules[own] ?? [];
  const theirs = layerOf(target, rules);
  if (allowed === "all" || theirs === own || theirs === "") return undefined;
  if (allowed.some((one) => isWithin(target, one))) return undefined;
  return `${own || "A file that lies directly here"} may import from: ${allowed.join(", ") || "nothing"}.`;
}

/** The folder, or the file without its extension; "" for files without a rule that lie directly in the area. */
function layerOf(path: string, rules: Rules): string {
  const first = path.split("/")[0]!.replace(/\.\w+$/, "");
  return first in rules || path.includes("/") ? first : "";
}

function isWithin(path: string, within: string): boolean {
  return path === within || path.startsWith(`${within}/`) || path.startsWith(`${within}.`);
}
