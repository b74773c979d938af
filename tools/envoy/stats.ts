import type { Plugin } from "./plugin.js";
import { note, type Tree } from "./yaml.js";

/**
 * Makes labels of the tags that the library writes into metrics' names (`requests.;route=.a.;status=.200`). Envoy looks at
 * each expression once for each metric, when it comes into being.
 */
export function statsConfig(chain: readonly Plugin[]): Tree | undefined {
  const names = [...new Set(chain.flatMap((plugin) => plugin.metricTags))].sort();
  if (names.length === 0) return undefined;
  const tags = names.map((name) => ({
    tag_name: name,
    regex: `^wasmcustom\\..*?(\\.;${escaped(name)}=\\.?([^;]*?))(?:\\.;|$)`,
  }));
  return note("Labels of the filters' metrics.", { stats_tags: tags });
}

function escaped(name: string): string {
  return name.replace(/[^\w]/g, (character) => `\\${character}`);
}
