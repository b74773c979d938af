/** What one Envoy says of itself. */
export interface EnvoyState {
  /** Address of its admin interface. */
  admin: string;
  version: string;
  /** LIVE, or what it does instead, such as PRE_INITIALIZING or DRAINING. */
  state: string;
  uptimeSeconds: number;
  vms: { active: number; created: number };
  filters: FilterState[];
  /** Connections and requests that met a filter without a version. */
  unfiltered: number;
}

export interface FilterState {
  name: string;
  /** Where Envoy has it from: a file or server that it watches, or the bootstrap. */
  source: "discovered" | "bootstrap";
  /** What serves, in its publisher's words; null where nothing does, or where it is the bootstrap's. */
  version: string | null;
  /** Hash of the module's content, or the module's name where there is none in it. */
  module: string | null;
  /** Hash of all the rest: its settings are nobody's business here. */
  configuration: string | null;
  /** When it was taken, as ISO 8601; null for the bootstrap's. */
  since: string | null;
  /** The version that Envoy was told last, where it refused it. */
  refused: string | null;
  /** Whether Envoy cannot tell what serves: it has read an unchanged file again, and what it refuses it then calls taken. */
  doubtful: boolean;
  updates: { taken: number; refused: number; unreadable: number };
  /** Fresh VMs after a crash. Envoy counts crashes under FAIL_RELOAD alone. */
  reloads: number;
  failedReloads: number;
}

/** Whether a version of it serves. */
export function isLive(filter: FilterState): boolean {
  return filter.source === "bootstrap" || filter.version !== null;
}
