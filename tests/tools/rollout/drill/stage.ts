import type { Watcher } from "./envoys.js";
import type { Ledger } from "./ledger.js";
import type { Upstream } from "./upstream.js";
import type { Versions } from "./versions.js";

export interface DrillOptions {
  /** Path of Envoy. */
  binary: string;
  /** An empty folder. */
  folder: string;
  /** Good versions after the first. */
  swaps: number;
  /** A bad version comes before each so many-th good one; each kind in its turn. */
  badEvery: number;
  http1: number;
  http2: number;
  /** Told after each good version. */
  onSwap?(n: number): void;
}

/** What a drill shows, as long as there is no problem with it. */
export const checks = {
  answers: "every request is answered, by exactly one version, which is good and not out of date",
  connections: "no connection is closed",
  live: "each good version goes live at both Envoys",
  check: "each kind of bad version is refused before it is published, and nothing is touched",
  refusal: "running Envoys refuse a bad version that was published unchecked, and the one before serves",
  held: "a request in flight ends with the version that it began with",
  vms: "old VMs are freed",
  memory: "memory stays flat",
  deadly: "a module that ends the Envoy which loads it is refused before it is published",
};

export interface Problem {
  check: keyof typeof checks;
  says: string;
}

export interface Drill {
  requests: number;
  problems: Problem[];
  /** From the rename to the first answer of the new version, at each Envoy: milliseconds. */
  settingMs: number[];
  moduleMs: number[];
  /** Versions that the check before publication refused, and that running Envoys did. */
  refusedBefore: number;
  refusedLive: number;
  vms: { before: number; after: number; created: number }[];
  memoryMb: { before: number; after: number }[];
  seconds: number;
}

export interface Stage {
  options: DrillOptions;
  source: string;
  versions: Versions;
  watchers: Watcher[];
  upstream: Upstream;
  ledger: Ledger;
  result: Drill;
}

export function tell({ problems }: Drill, check: keyof typeof checks, says: string): void {
  problems.push({ check, says });
}
