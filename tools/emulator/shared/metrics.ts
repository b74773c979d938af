import { text } from "../bytes.js";

/** What filters counted and measured, by name. */
export interface Metrics {
  counters: Record<string, bigint>;
  gauges: Record<string, bigint>;
  /** Values in the order in which they were recorded. */
  histograms: Record<string, bigint[]>;
}

/** A number that any VM may change. */
export interface Cell {
  value: bigint;
}

/** The metrics of all VMs: equal names and kinds are one metric, whoever defined it. */
export class MetricStore {
  readonly #counters = new Map<string, Cell>();
  readonly #gauges = new Map<string, Cell>();
  readonly #histograms = new Map<string, bigint[]>();

  counter(name: string): Cell {
    return found(this.#counters, name, () => ({ value: 0n }));
  }

  gauge(name: string): Cell {
    return found(this.#gauges, name, () => ({ value: 0n }));
  }

  histogram(name: string): bigint[] {
    return found(this.#histograms, name, () => []);
  }

  report(): Metrics {
    return {
      counters: record(this.#counters, ({ value }) => value),
      gauges: record(this.#gauges, ({ value }) => value),
      histograms: record(this.#histograms, (values) => [...values]),
    };
  }
}

/** Envoy drops dots at a name's end. */
function found<T>(all: Map<string, T>, name: string, create: () => T): T {
  const key = text(name.replace(/\.+$/, ""));
  const metric = all.get(key) ?? create();
  all.set(key, metric);
  return metric;
}

function record<T, R>(all: ReadonlyMap<string, T>, show: (metric: T) => R): Record<string, R> {
  return Object.fromEntries([...all].map(([name, metric]) => [name, show(metric)]));
}
