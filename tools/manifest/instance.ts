import type { FilterInstance } from "../traffic/host.js";
import type { Manifest } from "./manifest.js";
import { resolveReferences } from "./references.js";

/** The text that the filter is handed: its configuration as JSON, "" where the manifest has none. */
export function configurationText(manifest: Manifest): string {
  if (manifest.configuration === undefined) return "";
  return JSON.stringify(resolveReferences(manifest.configuration, manifest.folder).configuration, null, 2);
}

/** Names of the variables that the filter may read: those listed and those its configuration refers to. */
export function environmentNames(manifest: Manifest): string[] {
  const { environment } = resolveReferences(manifest.configuration ?? {}, manifest.folder);
  return [...new Set([...manifest.environment, ...environment])].sort();
}

/** The filter as any host runs it here and now: with the values that its variables have in `environment`. */
export function instanceOf(
  manifest: Manifest,
  wasm: string,
  environment: NodeJS.ProcessEnv = process.env,
): FilterInstance {
  return {
    name: manifest.name,
    wasm,
    rootId: manifest.rootId,
    configuration: configurationText(manifest),
    environment: valuesOf(environmentNames(manifest), environment),
    options: {
      failurePolicy: manifest.failurePolicy,
      streamIdleTimeoutMs: manifest.streamIdleTimeoutMs,
      allowOnHeadersStopIteration: manifest.allowOnHeadersStopIteration,
      ceiling: manifest.ceiling?.groups,
    },
  };
}

function valuesOf(names: string[], environment: NodeJS.ProcessEnv): Record<string, string> {
  const set = names.filter((name) => environment[name] !== undefined);
  return Object.fromEntries(set.map((name) => [name, environment[name]!]));
}
