import { LoadError } from "./errors.js";
import type { Log } from "./log.js";
import { rootKey, type PluginConfig } from "./plugin-config.js";
import { RootContext } from "./root-context.js";
import type { Vm } from "./vm.js";

const problemMark = "configuration: ";

/** Starts and configures a plugin in a VM: its root context, or why it could not be. */
export function startRoot(vm: Vm, config: PluginConfig, kind: "base" | "thread-local"): RootContext | string {
  const root = new RootContext(vm, vm.nextContextId(), config);
  if (!root.start()) return vm.failure ?? `Failed to start ${kind} Wasm`;
  if (!root.configure()) return vm.failure ?? `Failed to configure ${kind} Wasm plugin`;
  // Envoy takes a plugin for accepted whose VM died under it, and finds out at the first request.
  if (vm.failure !== null) return vm.failure;
  vm.roots.set(rootKey(config), root);
  return root;
}

/** Runs `attempt`; where it gives a reason instead of a context, a LoadError names what the guest found wrong. */
export function orRefuse(log: Log, attempt: () => RootContext | string): RootContext {
  const before = log.lines.length;
  const outcome = attempt();
  if (typeof outcome !== "string") return outcome;
  throw new LoadError(outcome, problemsIn(log, before) ?? [outcome]);
}

function problemsIn(log: Log, from: number): string[] | undefined {
  const said = log.lines.slice(from).filter((line) => line.from === "guest");
  const problems = said.filter((line) => line.level === "error" && line.text.startsWith(problemMark));
  if (problems.length > 0) return problems.map((line) => line.text.slice(problemMark.length));
  const lastWords = said.find((line) => line.level === "critical");
  return lastWords && [lastWords.text];
}
