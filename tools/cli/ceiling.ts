import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { callbacks, hostFunctions } from "../abi/rows.js";
import { alwaysAllowed, belongsTo, groupOf, isWithin, libraryOwn } from "../abi/groups.js";
import { build, type BuildOptions, type BuildResult, type BuiltModule } from "../build/index.js";
import { moduleFacts } from "../envoy/module.js";
import { UserError } from "../errors.js";
import type { Ceiling } from "../manifest/manifest.js";
import { readCeiling } from "../manifest/read.js";
import { shownPath } from "../shown-path.js";

/** Builds a filter; a UserError where the module needs more than the manifest beside its source allows. */
export async function buildWithin(options: BuildOptions): Promise<BuildResult> {
  const path = manifestBeside(options.entry);
  const ceiling = path === undefined ? null : readCeiling(path);
  if (path === undefined || ceiling === null) return build(options);
  return build({ ...options, check: (module) => refuseBeyond(ceiling, path, module) });
}

/** Throws a UserError that lists what a module needs beyond a manifest's ceiling, and where that comes from. */
export function refuseBeyond(ceiling: Ceiling, path: string, module: BuiltModule): void {
  const beyond = beyondCeiling(ceiling.groups, module);
  if (beyond.length === 0) return;
  const allowed = ceiling.groups.join(", ") || "nothing";
  const heading = `${shownPath(path)}:${ceiling.line}: capabilities: ${module.name} needs more than ${allowed}`;
  const reasons = beyond.map((name) => explained(name, module.origins)).sort(inOrder);
  throw new UserError(
    [heading, ...reasons.map((line) => `  ${line}`)].join("\n"),
    `Add ${groupsFor(beyond).join(", ")} to capabilities, or take out of the filter what needs it.`,
  );
}

/** Imports and callbacks of a module that a ceiling leaves no room for. */
function beyondCeiling(ceiling: readonly string[], { binary, origins }: BuiltModule): string[] {
  const { imports, callbacks } = moduleFacts(Uint8Array.from(binary));
  const allowed = [...ceiling, ...alwaysAllowed];
  const isAuthors = (name: string) => libraryOwn.includes(name) && origins[name] !== undefined;
  const needed = [...new Set([...imports, ...callbacks])];
  return needed.filter((name) => !(isAuthors(name) ? belongsTo(allowed, name) : isWithin(allowed, name)));
}

/** The groups that make room for all of these names, without those that another takes along. */
function groupsFor(names: readonly string[]): string[] {
  const all = [...new Set(names.map((name) => groupOf(name) ?? "what no group has"))].sort();
  return all.filter((group) => {
    const others = all.filter((other) => other !== group);
    return !names.filter((name) => groupOf(name) === group).every((name) => belongsTo(others, name));
  });
}

/** `filters/x/filter.ts:12: proxy_log (log.info) belongs to log`. */
function explained(name: string, origins: BuildResult["origins"]): string {
  const row = [...hostFunctions, ...callbacks].find((one) => one.name === name);
  const library = row && row.library.length > 0 ? ` (${row.library.join(", ")})` : "";
  const place = origins[name] === undefined ? "" : `${origins[name]}: `;
  return `${place}${name}${library} belongs to ${groupOf(name) ?? "no group"}`;
}

function inOrder(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

/** The manifest is about the folder's `filter.ts`, not about other files in it. */
function manifestBeside(entry: string): string | undefined {
  const folder = basename(entry) === "filter.ts" ? dirname(entry) : entry;
  const path = join(folder, "filter.yaml");
  return existsSync(path) ? path : undefined;
}
