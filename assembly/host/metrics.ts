import { MetricType, Status } from "../abi/enums";
import { proxy_get_metric, proxy_increment_metric, proxy_record_metric } from "../abi/env";
import { hostRefused } from "../abi/line";
import { OUT } from "../abi/out";
import { utf8 } from "../abi/wire";
import { Metric, combination, isReady, metricOf, setValue } from "./metric-registry";

// Metrics, for a filter's fields: `hits: Counter = new Counter("hits")`. Equal names of one kind are one metric, in all of
// the proxy. With tags: `requests: Counter = new Counter("requests", ["route", "status"])` in a field, then
// `this.requests.with([route, "200"]).increment()`; the proxy shows them as labels. Tag values of a client's choosing cannot
// fill the proxy: beyond `limit` combinations all further ones count as "other", and the log says so once. Where hosts
// lack metrics, the build switch MESHSCRIPT_NO_METRICS makes nothing of all of it.

/** Combinations of tag values that a metric may have unless told otherwise. */
const LIMIT: i32 = 200;

/** A number that only grows. */
@final
@unmanaged
export class Counter {
  constructor(name: string, tags: string[] = [], limit: i32 = LIMIT) {
    return changetype<Counter>(made(MetricType.Counter, name, tags, limit));
  }

  /** The counter for these values, in the order of the tags. Cheap: it may be asked for with each request. */
  with(values: string[]): Counter {
    return changetype<Counter>(chosen(changetype<Metric>(this), values));
  }

  /** `with` for up to four tags, without a list. */
  of(first: string, second: string = "", third: string = "", fourth: string = ""): Counter {
    return changetype<Counter>(named(changetype<Metric>(this), first, second, third, fourth));
  }

  /** Counts. Once per event unless told otherwise; 0 does nothing. */
  increment(by: u64 = 1): void {
    if (by > 0) change(changetype<Metric>(this), by);
  }

  /** What it has come to, in all of the proxy; 0 where the host does not say. */
  get value(): u64 {
    return valueOf(changetype<Metric>(this));
  }
}

/** A number that goes up and down. It is not below 0: the host would wrap around. */
@final
@unmanaged
export class Gauge {
  constructor(name: string, tags: string[] = [], limit: i32 = LIMIT) {
    return changetype<Gauge>(made(MetricType.Gauge, name, tags, limit));
  }

  /** The gauge for these values, in the order of the tags. */
  with(values: string[]): Gauge {
    return changetype<Gauge>(chosen(changetype<Metric>(this), values));
  }

  /** `with` for up to four tags, without a list. */
  of(first: string, second: string = "", third: string = "", fourth: string = ""): Gauge {
    return changetype<Gauge>(named(changetype<Metric>(this), first, second, third, fourth));
  }

  /** Sets it. */
  set(value: u64): void {
    record(changetype<Metric>(this), value);
  }

  /** Moves it up, or down where `by` is negative. */
  add(by: i64): void {
    if (by != 0) change(changetype<Metric>(this), <u64>by);
  }

  /** What it stands at, in all of the proxy; 0 where the host does not say. */
  get value(): u64 {
    return valueOf(changetype<Metric>(this));
  }
}

/** A distribution of values: sizes, times. */
@final
@unmanaged
export class Histogram {
  constructor(name: string, tags: string[] = [], limit: i32 = LIMIT) {
    return changetype<Histogram>(made(MetricType.Histogram, name, tags, limit));
  }

  /** The histogram for these values, in the order of the tags. */
  with(values: string[]): Histogram {
    return changetype<Histogram>(chosen(changetype<Metric>(this), values));
  }

  /** `with` for up to four tags, without a list. */
  of(first: string, second: string = "", third: string = "", fourth: string = ""): Histogram {
    return changetype<Histogram>(named(changetype<Metric>(this), first, second, third, fourth));
  }

  /** Adds a value. Say its unit in the metric's name: `latency_ms`. */
  record(value: u64): void {
    record(changetype<Metric>(this), value);
  }
}

function made(kind: MetricType, name: string, tags: string[], limit: i32): Metric {
  if (isDefined(MESHSCRIPT_NO_METRICS)) return changetype<Metric>(1);
  return metricOf(kind, name, tags, limit);
}

function chosen(metric: Metric, values: string[]): Metric {
  if (isDefined(MESHSCRIPT_NO_METRICS)) return metric;
  for (let i = 0; i < values.length; ++i) setValue(i, utf8(values[i]));
  return combination(metric, values.length);
}

function named(metric: Metric, first: string, second: string, third: string, fourth: string): Metric {
  if (isDefined(MESHSCRIPT_NO_METRICS)) return metric;
  setValue(0, utf8(first));
  setValue(1, utf8(second));
  setValue(2, utf8(third));
  setValue(3, utf8(fourth));
  return combination(metric, 4);
}

function change(metric: Metric, by: u64): void {
  if (isDefined(MESHSCRIPT_NO_METRICS) || !isReady(metric)) return;
  const status = proxy_increment_metric(metric.id, by);
  if (status != Status.Ok) hostRefused(utf8("proxy_increment_metric"), status);
}

function record(metric: Metric, value: u64): void {
  if (isDefined(MESHSCRIPT_NO_METRICS) || !isReady(metric)) return;
  const status = proxy_record_metric(metric.id, value);
  if (status != Status.Ok) hostRefused(utf8("proxy_record_metric"), status);
}

function valueOf(metric: Metric): u64 {
  if (isDefined(MESHSCRIPT_NO_METRICS) || !isReady(metric)) return 0;
  const status = proxy_get_metric(metric.id, OUT);
  if (status == Status.Ok) return load<u64>(OUT);
  hostRefused(utf8("proxy_get_metric"), status);
  return 0;
}
