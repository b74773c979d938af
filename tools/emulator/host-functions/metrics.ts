import { lastMetricType, MetricType, Status } from "../abi/values.js";
import { typeOf } from "../shared/metric-handles.js";
import { known, outside, type Family } from "./call.js";

export const metrics: Family = {
  proxy_define_metric(call, type, name, nameSize, target) {
    const key = call.memory.readText(name, nameSize);
    if (key === null) return outside(call);
    if (!known(call, "metric type", type, lastMetricType)) return Status.BadArgument;
    const id = call.vm.metrics.define(type, key);
    return call.memory.writeU32(target, id) ? Status.Ok : outside(call);
  },

  /** Counters only grow; a gauge below 0 wraps around, as Envoy's does. */
  proxy_increment_metric(call, id) {
    const type = typeOf(id);
    if (type !== MetricType.Counter && type !== MetricType.Gauge) return Status.BadArgument;
    const cell = call.vm.metrics.cell(id);
    if (!cell) return Status.NotFound;
    if (type === MetricType.Counter && call.wide <= 0n) return Status.BadArgument;
    cell.value = BigInt.asUintN(64, cell.value + call.wide);
    return Status.Ok;
  },

  /** A counter takes the value for an increment, a gauge for its new value. */
  proxy_record_metric(call, id) {
    const value = BigInt.asUintN(64, call.wide);
    const [cell, values] = [call.vm.metrics.cell(id), call.vm.metrics.histogram(id)];
    if (!cell && !values) return Status.NotFound;
    values?.push(value);
    if (cell) cell.value = typeOf(id) === MetricType.Gauge ? value : BigInt.asUintN(64, cell.value + value);
    return Status.Ok;
  },

  proxy_get_metric(call, id, target) {
    const type = typeOf(id);
    if (type !== MetricType.Counter && type !== MetricType.Gauge) return Status.BadArgument;
    const cell = call.vm.metrics.cell(id);
    if (!cell) return Status.NotFound;
    return call.memory.writeU64(target, cell.value) ? Status.Ok : outside(call);
  },
};
