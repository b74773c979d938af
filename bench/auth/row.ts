import { pluginOfInstance } from "../../tools/envoy/plugin.js";
import { wasmFilter } from "../../tools/envoy/wasm-filter.js";
import type { Tree } from "../../tools/envoy/yaml.js";
import type { Row } from "../envoy/results.js";
import { label } from "../envoy/rows.js";
import { variant } from "../variants/built.js";
import type { Variants } from "../variants/built.js";
import type { Credentials } from "./credentials.js";

/** A row of an auth workload: a filter, its settings, and what the requests carry. */
export interface AuthRow extends Row {
  readonly credentials: Credentials;
  /** Envoy's own filter, where no module is loaded. */
  readonly native?: Tree;
  /** The module's plugin configuration. */
  readonly settings?: object;
}

/** The filter that a row stands for, or why there is none. */
export function filterOf(row: AuthRow, variants: Variants): { filter: Tree } | { missing: string } {
  if (row.native) return { filter: row.native };
  const module = variant(variants, row.module!);
  if ("missing" in module) return { missing: module.missing };
  const name = label(row);
  const options = { vmId: name, fullCallbacks: row.configuration === "full callbacks" };
  const configuration = JSON.stringify(row.settings);
  const instance = { name, wasm: module.path, rootId: "", configuration, environment: {}, options };
  return { filter: wasmFilter(pluginOfInstance(instance, module.path)) };
}
