import { UserError } from "../errors.js";
import type { ModuleFacts } from "../envoy/module.js";
import type { BuiltMesh, Target } from "./target.js";

/** What of a module a host lacks or forbids: name of the function or callback, and why, as the target says it. */
export function forbiddenOf(
  module: ModuleFacts,
  { forbids = {} }: Pick<Target, "forbids">,
): [string, string][] {
  const used = new Set([...module.imports, ...module.callbacks]);
  return Object.entries(forbids).filter(([name]) => used.has(name));
}

/**
 * A UserError names what the chain's modules use and the host does not give. Modules for such a host are built without
 * metrics and the log-level look-up (`Target.defines`), so what is left in them is there because a filter's purpose needs it.
 */
export function refuseForbidden(
  mesh: BuiltMesh,
  target: Pick<Target, "name" | "forbids">,
  host: string,
): void {
  const found = mesh.links.flatMap(({ name, module }) =>
    forbiddenOf(module, target).map(
      ([call, why]) => `${name}: uses ${call}, which ${host} does not allow: ${why}`,
    ),
  );
  if (found.length > 0)
    throw new UserError(found.join("\n"), "Deploy it elsewhere, or write the filter without that.");
}
