import { MetricType } from "../abi/values.js";
import type { Cell, MetricStore } from "./metrics.js";

type Metric = { cell: Cell } | { values: bigint[] };

const step = 4;

/** The numbers under which one VM knows metrics: their last two bits are the metric's type. */
export class MetricHandles {
  readonly #metrics = new Map<number, Metric>();
  readonly #last: Record<number, number> = { ...Object.values(MetricType) };

  constructor(private readonly store: MetricStore) {}

  /** A new number, also for a metric that has one. */
  define(type: number, name: string): number {
    const id = (this.#last[type]! += step);
    this.#metrics.set(id, this.#metric(type, name));
    return id;
  }

  cell(id: number): Cell | undefined {
    const metric = this.#metrics.get(id);
    return metric && "cell" in metric ? metric.cell : undefined;
  }

  histogram(id: number): bigint[] | undefined {
    const metric = this.#metrics.get(id);
    return metric && "values" in metric ? metric.values : undefined;
  }

  #metric(type: number, name: string): Metric {
    if (type === MetricType.Histogram) return { values: this.store.histogram(name) };
    return { cell: type === MetricType.Counter ? this.store.counter(name) : this.store.gauge(name) };
  }
}

/** Which type a number stands for, whether or not it was ever given out. */
export function typeOf(id: number): number {
  return id & (step - 1);
}
