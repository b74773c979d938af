import { isWithin } from "../abi/groups.js";
import type { ModuleFacts } from "./module.js";

/** Called for every stream, and needed by none of the filters of a stateless module. */
const streamLifecycle = ["proxy_on_context_create", "proxy_on_delete"];

/**
 * The least that a module needs: the host functions it imports and the callbacks it exports. Envoy silently skips a
 * callback that is not listed, so a stateless module's lifecycle callbacks cost nothing when they are left out.
 * (`proxy_on_done` and `proxy_on_log` are exported only where a filter overrides them, so they stay.) Beyond its
 * manifest's ceiling a module gets nothing, whatever it needs.
 */
export function capabilitiesOf(module: ModuleFacts, ceiling: readonly string[] | null = null): string[] {
  const withheld = module.stateless && !sharesState(module) ? streamLifecycle : [];
  const callbacks = module.callbacks.filter((name) => !withheld.includes(name));
  const needed = [...new Set([...callbacks, ...module.imports])];
  return needed.filter((name) => isWithin(ceiling, name)).sort();
}

/**
 * Shared data and queues belong to a VM id, so filters that use them must meet in one VM. And a plugin that asks for time
 * when it has to go gets it only where its VM stays, with the plugin that follows in it.
 */
export function sharesState(module: ModuleFacts): boolean {
  return module.imports.some((name) => /_shared_(data|queue)$|^proxy_done$/.test(name));
}
