import { epoch, take } from "../abi/arena";
import { sameBytes } from "../abi/compare";
import { MetricType, Status } from "../abi/enums";
import { proxy_define_metric } from "../abi/env";
import { Urgency, hostRefused, put, putBytes, write } from "../abi/line";
import { OUT } from "../abi/out";
import { sizeOf, utf8 } from "../abi/wire";
import { nameLimit, putName, putTag, tagLimit } from "./metric-names";

// The metrics of a VM. Each name is defined once, whoever uses it and however often a plugin is configured: Envoy makes a
// new number for each definition and never takes one back. Entries stay as long as the VM.

/** Most tags that a metric may have. */
export const MOST_TAGS: i32 = 8;

const BUCKETS: u32 = 256;
const TABLE = memory.data(1024, 4);
/** The tag values of the combination that is looked for, as encoded texts. */
const VALUES = memory.data(32, 4);

const enum State {
  New,
  Defined,
  Refused,
}

/** A metric, or what combinations of tags derive from. Its name stands behind it. */
@unmanaged
export class Metric {
  next: Metric | null;
  hash: u32;
  size: u32;
  kind: MetricType;
  /** The host's number for it. */
  id: u32;
  state: State;
  /** Names of the tags, as encoded texts one behind the other. */
  tags: usize;
  tagCount: i32;
  /** How many more combinations it may have. */
  room: i32;
  /** Stands for all combinations beyond those. */
  rest: Metric | null;
}

/** The metric of this kind and name; made when it is first asked for. */
export function metricOf(kind: MetricType, name: string, tags: string[], limit: i32): Metric {
  const text = utf8(name);
  const at = take(nameLimit(text));
  const metric = findOrAdd(kind, at, putName(text, at) - at);
  if (tags.length > 0) return withTags(metric, tags, limit);
  // While the module starts the host must not be called: then the first use defines it.
  if (epoch > 1) isReady(metric);
  return metric;
}

/** Whether the host knows the metric; tells it where it does not yet. */
export function isReady(metric: Metric): bool {
  if (metric.state == State.New) define(metric);
  return metric.state == State.Defined;
}

/** Says a tag's value for the `combination` that follows. */
export function setValue(index: i32, text: usize): void {
  if (index < MOST_TAGS) store<u32>(VALUES + ((<usize>index) << 2), <u32>text);
}

/** The metric with `count` values that were set; those that are missing are empty. */
export function combination(metric: Metric, count: i32): Metric {
  for (let i = count; i < metric.tagCount; ++i) setValue(i, utf8(""));
  const at = take(combinationLimit(metric));
  const size = putCombination(metric, at) - at;
  const known = find(metric.kind, at, size, hashOf(at, size));
  if (known !== null) return known;
  if (metric.room == 0) return restOf(metric);
  --metric.room;
  return findOrAdd(metric.kind, at, size);
}

function withTags(metric: Metric, tags: string[], limit: i32): Metric {
  if (metric.tagCount > 0) return metric;
  assert(tags.length <= MOST_TAGS, "a metric has at most 8 tags");
  metric.tagCount = tags.length;
  metric.room = limit;
  let size: usize = 0;
  for (let i = 0; i < tags.length; ++i) size += 8 + sizeOf(utf8(unchecked(tags[i])));
  let to = (metric.tags = heap.alloc(size));
  for (let i = 0; i < tags.length; ++i) {
    const tag = utf8(unchecked(tags[i]));
    memory.copy(to, tag - 4, sizeOf(tag) + 4);
    to = nextTag(to + 4) - 4;
  }
  return metric;
}

function nextTag(tag: usize): usize {
  return tag + ((sizeOf(tag) + 7) & ~3);
}

function combinationLimit(metric: Metric): usize {
  let limit: usize = metric.size;
  let tag = metric.tags + 4;
  for (let i = 0; i < metric.tagCount; ++i, tag = nextTag(tag)) limit += tagLimit(tag);
  return limit;
}

function putCombination(metric: Metric, to: usize): usize {
  memory.copy(to, nameOf(metric), metric.size);
  to += metric.size;
  let tag = metric.tags + 4;
  for (let i = 0; i < metric.tagCount; ++i, tag = nextTag(tag)) {
    to = putTag(tag, load<u32>(VALUES + ((<usize>i) << 2)), to);
  }
  return to;
}

/** A client must not be able to fill the host with metrics, by values of its own. */
function restOf(metric: Metric): Metric {
  const known = metric.rest;
  if (known !== null) return known;
  put(utf8("metric "));
  putBytes(nameOf(metric), metric.size);
  put(utf8(": too many combinations of tags, further ones count as other"));
  write(Urgency.Warn);
  for (let i = 0; i < metric.tagCount; ++i) setValue(i, utf8("other"));
  const at = take(combinationLimit(metric));
  const rest = findOrAdd(metric.kind, at, putCombination(metric, at) - at);
  metric.rest = rest;
  return rest;
}

function findOrAdd(kind: MetricType, at: usize, size: usize): Metric {
  const hash = hashOf(at, size);
  const known = find(kind, at, size, hash);
  return known === null ? add(kind, at, size, hash) : known;
}

function find(kind: MetricType, at: usize, size: usize, hash: u32): Metric | null {
  let metric = changetype<Metric | null>(load<usize>(bucketOf(hash)));
  while (metric !== null && !is(metric, kind, at, size, hash)) metric = metric.next;
  return metric;
}

function is(metric: Metric, kind: MetricType, at: usize, size: usize, hash: u32): bool {
  if (metric.hash != hash || metric.kind != kind || metric.size != <u32>size) return false;
  return sameBytes(nameOf(metric), at, size);
}

function add(kind: MetricType, at: usize, size: usize, hash: u32): Metric {
  const room = heap.alloc(offsetof<Metric>() + size);
  memory.fill(room, 0, offsetof<Metric>());
  memory.copy(room + offsetof<Metric>(), at, size);
  const metric = changetype<Metric>(room);
  metric.kind = kind;
  metric.size = <u32>size;
  metric.hash = hash;
  metric.next = changetype<Metric | null>(load<usize>(bucketOf(hash)));
  store<usize>(bucketOf(hash), room);
  return metric;
}

function nameOf(metric: Metric): usize {
  return changetype<usize>(metric) + offsetof<Metric>();
}

function bucketOf(hash: u32): usize {
  return TABLE + ((<usize>(hash % BUCKETS)) << 2);
}

function hashOf(at: usize, size: usize): u32 {
  let hash: u32 = 0x811c9dc5;
  for (const end = at + size; at < end; ++at) hash = (hash ^ load<u8>(at)) * 0x01000193;
  return hash ^ (hash >> 15);
}

function define(metric: Metric): void {
  const status = proxy_define_metric(metric.kind, nameOf(metric), metric.size, OUT);
  metric.state = status == Status.Ok ? State.Defined : State.Refused;
  metric.id = load<u32>(OUT);
  if (status != Status.Ok) hostRefused(utf8("proxy_define_metric"), status);
}
