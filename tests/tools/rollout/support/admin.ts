import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { AdminAnswers } from "../../../../tools/rollout/admin.js";

/** What an Envoy with one discovered filter, `one`, says; the times are milliseconds. */
export interface Told {
  /** What it was told last, and when. */
  version?: string;
  at?: number;
  /** What it took last, and when it said so. */
  taken?: string;
  takenAt?: number;
  success?: number;
  rejected?: number;
  failure?: number;
  changes?: number;
  kind?: "http_filter" | "network_filter";
}

const secret = "a key that nobody may see";
export { secret };

export function answersOf(told: Told): AdminAnswers {
  const { version = "v1", at = 1000, kind = "http_filter" } = told;
  const listener = { filter_chains: [{ filters: filtersFor(kind) }] };
  const filter = { name: "one", typed_config: wasmConfig("modules/one-0123456789ab.wasm", kind) };
  return {
    server: { version: "abc/1.40.0/Clean", state: "LIVE", uptime_current_epoch: "7s" },
    dump: {
      configs: [
        {
          "@type": "ecds",
          ecds_filters: [
            { version_info: version, last_updated: new Date(at).toISOString(), ecds_filter: filter },
          ],
        },
        { "@type": "listeners", static_listeners: [{ listener }] },
      ],
    },
    stats: new Map(statsOf(told, kind)),
  };
}

export function wasmConfig(filename: string, kind: string) {
  const area = kind === "http_filter" ? "http" : "network";
  return {
    "@type": `type.googleapis.com/envoy.extensions.filters.${area}.wasm.v3.Wasm`,
    config: {
      name: "one",
      vm_config: { code: { local: { filename } } },
      configuration: { value: secret },
    },
  };
}

function filtersFor(kind: string) {
  const found = { name: "one", config_discovery: {} };
  if (kind === "network_filter") return [found];
  return [{ name: "manager", typed_config: { "@type": "manager", http_filters: [found] } }];
}

function statsOf(told: Told, kind: string): [string, string | number][] {
  const { taken = "v1", takenAt = 1001, success = 1, rejected = 0, failure = 0, changes = 1 } = told;
  const stat = (name: string) => `extension_config_discovery.${kind}.one.${name}`;
  return [
    [stat("version_text"), taken],
    [stat("update_time"), takenAt],
    [stat("update_success"), success],
    [stat("update_rejected"), rejected],
    [stat("update_failure"), failure],
    [stat("config_reload"), changes],
    ["wasm.envoy.wasm.runtime.v8.active", 3],
    ["wasm.envoy.wasm.runtime.v8.created", 4],
    ["wasm.one.vm_reload_success", 2],
  ];
}

export interface FakeAdmin {
  url: string;
  says(told: Told): void;
  stop(): void;
}

/** Answers as an Envoy's admin interface does. */
export async function fakeAdmin(told: Told): Promise<FakeAdmin> {
  let answers = answersOf(told);
  const server = createServer((request, response) => {
    const { server: info, dump, stats } = answers;
    const list = { stats: [...stats].map(([name, value]) => ({ name, value })) };
    const found = request.url!.startsWith("/stats") ? list : request.url === "/config_dump" ? dump : info;
    response.end(JSON.stringify(found));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    says: (next) => void (answers = answersOf(next)),
    stop: () => void server.close().closeAllConnections(),
  };
}
