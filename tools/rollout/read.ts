import { basename } from "node:path";
import { shortHash } from "../envoy/short-hash.js";
import {
  readAdmin,
  type AdminAnswers,
  type DiscoveredFilter,
  type Filter,
  type Listener,
  type WasmConfig,
} from "./admin.js";
import type { EnvoyState, FilterState } from "./state.js";

/** The state of an Envoy, from its admin interface. A UserError where none answers. */
export async function readEnvoy(admin: string): Promise<EnvoyState> {
  return stateOf(admin, await readAdmin(admin));
}

export function stateOf(admin: string, answers: AdminAnswers): EnvoyState {
  const { server, stats } = answers;
  return {
    admin,
    version: server.version.split("/")[1] ?? server.version,
    state: server.state,
    uptimeSeconds: Number.parseInt(server.uptime_current_epoch, 10),
    vms: {
      active: count(stats, "wasm.envoy.wasm.runtime.v8.active"),
      created: count(stats, "wasm.envoy.wasm.runtime.v8.created"),
    },
    filters: filtersOf(answers),
    unfiltered: [...stats.keys()]
      .filter((name) => name.endsWith("extension_config_missing"))
      .reduce((sum, name) => sum + count(stats, name), 0),
  };
}

type Stats = AdminAnswers["stats"];

function count(stats: Stats, name: string): number {
  return Number(stats.get(name) ?? 0);
}

/** In the order of the chains; one that stands in several chains is told of once. */
function filtersOf(answers: AdminAnswers): FilterState[] {
  const sections = answers.dump.configs;
  const told = sections.flatMap((section) => section.ecds_filters ?? []);
  const listeners = sections.flatMap((section) => [
    ...(section.static_listeners ?? []).map(({ listener }) => listener),
    ...(section.dynamic_listeners ?? []).flatMap(({ active_state }) => active_state?.listener ?? []),
  ]);
  const states = listeners.flatMap(chain).flatMap((filter) => {
    if (filter.config_discovery) {
      const last = told.find(({ ecds_filter }) => ecds_filter.name === filter.name);
      return last && !isWasm(last.ecds_filter.typed_config)
        ? []
        : [discovered(filter.name, last, answers.stats)];
    }
    return isWasm(filter.typed_config) ? [fixed(filter, answers.stats)] : [];
  });
  return states.filter(({ name }, at) => states.findIndex((other) => other.name === name) === at);
}

function chain(listener: Listener): Filter[] {
  const outer = (listener.filter_chains ?? []).flatMap(({ filters = [] }) => filters);
  return outer.flatMap((filter) => [filter, ...(filter.typed_config?.http_filters ?? [])]);
}

function isWasm(config: WasmConfig | undefined): config is WasmConfig {
  return /\.wasm\.v3\.Wasm$/.test(config?.["@type"] ?? "");
}

function fixed({ name, typed_config }: Filter, stats: Stats): FilterState {
  const { module, configuration } = hashesOf(typed_config!);
  const updates = { taken: 0, refused: 0, unreadable: 0 };
  const none = { version: null, since: null, refused: null, doubtful: false, updates };
  return { name, source: "bootstrap", ...none, module, configuration, ...reloads(name, stats) };
}

/** The dump holds what Envoy was told last, the statistics what it took last: they differ where it refused that. */
function discovered(name: string, last: DiscoveredFilter | undefined, stats: Stats): FilterState {
  const stat = statOf(name, stats);
  const number = (key: string) => Number(stat(key) ?? 0);
  const [refusedCount, changes] = [number("update_rejected"), number("config_reload")];
  const taken = changes - refusedCount;
  const version = taken > 0 ? String(stat("version_text") ?? "") : null;
  const wasRefused = last !== undefined && Date.parse(last.last_updated) > number("update_time");
  const readAgain = number("update_success") > taken;
  return {
    name,
    source: "discovered",
    version,
    ...partsOf(version, wasRefused ? undefined : last),
    since: version === null ? null : wasRefused ? isoOf(number("update_time")) : (last?.last_updated ?? null),
    refused: wasRefused ? (last.version_info ?? "") : null,
    doubtful: readAgain && refusedCount > 0 && !wasRefused,
    updates: { taken, refused: refusedCount, unreadable: number("update_failure") },
    ...reloads(name, stats),
  };
}

function statOf(name: string, stats: Stats): (key: string) => string | number | undefined {
  const prefix = (kind: string) => `extension_config_discovery.${kind}.${name}.`;
  const [http, tcp] = [prefix("http_filter"), prefix("network_filter")];
  const known = stats.has(`${tcp}update_success`) ? tcp : http;
  return (key) => stats.get(known + key);
}

function isoOf(time: number): string {
  return new Date(time).toISOString();
}

type Parts = Pick<FilterState, "module" | "configuration">;

/** A version of ours says it; of any other we know what we see of it. */
function partsOf(version: string | null, live: DiscoveredFilter | undefined): Parts {
  const own = /^([0-9a-f]{12})-([0-9a-f]{12})$/.exec(version ?? "");
  if (own) return { module: own[1]!, configuration: own[2]! };
  return live ? hashesOf(live.ecds_filter.typed_config) : { module: null, configuration: null };
}

function hashesOf(config: WasmConfig): Parts {
  const file = basename(config.config?.vm_config?.code?.local?.filename ?? "");
  const module = /-([0-9a-f]{12})\.wasm$/.exec(file)?.[1] ?? (file || null);
  const rest = JSON.stringify(config, (key, value) => (key === "code" ? undefined : inOrder(value)));
  return { module, configuration: shortHash(rest) };
}

/** Envoy tells maps in any order. */
function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function reloads(name: string, stats: Stats): Pick<FilterState, "reloads" | "failedReloads"> {
  return {
    reloads: count(stats, `wasm.${name}.vm_reload_success`),
    failedReloads: count(stats, `wasm.${name}.vm_reload_failure`),
  };
}
