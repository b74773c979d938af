import type { Agents } from "../agents.js";
import { pluginOfInstance } from "../../tools/envoy/plugin.js";
import { wasmFilter } from "../../tools/envoy/wasm-filter.js";
import type { Tree } from "../../tools/envoy/yaml.js";
import { variant } from "../variants/built.js";
import type { Variants } from "../variants/built.js";
import { RUST_SDK } from "../variants/rust.js";
import { nativeW1 } from "./config.js";
import type { Row } from "./results.js";

/** A row with the filter to load, or with why there is none. */
export type Candidate = Row & ({ readonly filter: Tree } | { readonly missing: string });

const RUST_NAME = `Rust ${RUST_SDK}`;
const STRING_NAME = "meshscript, strings";
const SETTING_NAME = "meshscript, strings, a setting";
const BYTES_NAME = "meshscript, byte views";

/** What the ratios are taken against. */
export const RUST: Row = { name: RUST_NAME, module: "rust", configuration: "full callbacks" };

const NO_SETTING_ROWS: readonly Row[] = [
  { name: STRING_NAME, module: "w1-string", configuration: "full callbacks" },
  { name: STRING_NAME, module: "w1-string", configuration: "generated" },
];
const SETTING_ROWS: readonly Row[] = [
  { name: SETTING_NAME, module: "w1-setting", configuration: "full callbacks" },
  { name: SETTING_NAME, module: "w1-setting", configuration: "generated" },
];

/** Through the normal string API: without settings, where no plugin differs from another, and with one. */
export const STRING_ROWS: readonly Row[] = [...NO_SETTING_ROWS, ...SETTING_ROWS];

const NATIVE: Row = { name: "native header_mutation", module: null, configuration: "-" };
const RAW: Row = { name: "raw AssemblyScript, no SDK", module: "raw", configuration: "full callbacks" };
const LEAST_RUST: Row = { name: RUST_NAME, module: "rust", configuration: "least list" };
const STATEFUL: Row = { name: "meshscript, stateful", module: "w1-stateful", configuration: "generated" };
const BYTES_FULL: Row = { name: BYTES_NAME, module: "w1-bytes", configuration: "full callbacks" };
const BYTES: Row = { name: BYTES_NAME, module: "w1-bytes", configuration: "generated" };

/** Rows that are measured in one Envoy. */
export type Group = readonly Row[];

/**
 * What is measured with whose requests. Under valgrind the address space of an Envoy holds four wasm filters; the VM of a
 * fifth is not made, and Envoy then serves without it.
 */
export const GROUPS: Readonly<Record<Agents, readonly Group[]>> = {
  same: [
    [NATIVE, RAW, RUST, ...NO_SETTING_ROWS],
    [LEAST_RUST, ...SETTING_ROWS, STATEFUL],
    [BYTES_FULL, BYTES],
  ],
  new: [[RUST, NO_SETTING_ROWS[1]!, SETTING_ROWS[1]!, BYTES]],
};

/** The row's name where only letters, digits and dashes may stand. */
export function label(row: Row): string {
  return `${row.name}, ${row.configuration}`.replace(/[^a-zA-Z0-9]+/g, "-");
}

/** The filter that a row stands for. */
export function candidate(row: Row, variants: Variants): Candidate {
  if (row.module === null) return { ...row, filter: nativeW1 };
  const module = variant(variants, row.module);
  if ("missing" in module) return { ...row, missing: module.missing };
  return { ...row, filter: wasmRow(row, module.path) };
}

/** The filter as our own generator writes it, in a VM that no other row shares. */
function wasmRow(row: Row, path: string): Tree {
  const name = label(row);
  const options = { vmId: name, fullCallbacks: row.configuration === "full callbacks" };
  const instance = { name, wasm: path, rootId: "", configuration: "", environment: {}, options };
  const plugin = pluginOfInstance(instance, path);
  if (row.configuration !== "least list") return wasmFilter(plugin);
  return wasmFilter({ ...plugin, capabilities: plugin.capabilities!.filter(isNeededByRust) });
}

const NEEDED_CALLBACKS = new Set([
  "proxy_on_vm_start",
  "proxy_on_configure",
  "proxy_on_request_headers",
  "proxy_on_response_headers",
  // Without these two the Rust SDK has no context to call, or keeps each one for good.
  "proxy_on_context_create",
  "proxy_on_delete",
]);

function isNeededByRust(capability: string): boolean {
  return !capability.startsWith("proxy_on_") || NEEDED_CALLBACKS.has(capability);
}
