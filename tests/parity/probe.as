// A guest that does in each callback what its configuration says, and logs what the host answered. First line of the
// configuration: the guest's name. Then "<sequence> <phase> <operation> <arguments>"; arguments are percent-encoded,
// "~" is the empty one. Phases: rh re rt sh se st (headers, body's end, trailers), rf sf (first piece of a body), tick, log.
// A stream's sequence is the number at the start of its path; it travels to later filters as a property.

@external("env", "proxy_log") declare function h_log(level: i32, p: usize, n: i32): i32;
@external("env", "proxy_get_buffer_bytes") declare function h_buffer(type: i32, start: i32, n: i32, pp: usize, np: usize): i32;
@external("env", "proxy_set_buffer_bytes") declare function h_write(type: i32, start: i32, n: i32, p: usize, pn: i32): i32;
@external("env", "proxy_get_buffer_status") declare function h_status(type: i32, np: usize, fp: usize): i32;
@external("env", "proxy_get_header_map_value") declare function h_get(map: i32, k: usize, kn: i32, pp: usize, np: usize): i32;
@external("env", "proxy_add_header_map_value") declare function h_add(map: i32, k: usize, kn: i32, v: usize, vn: i32): i32;
@external("env", "proxy_replace_header_map_value") declare function h_set(map: i32, k: usize, kn: i32, v: usize, vn: i32): i32;
@external("env", "proxy_remove_header_map_value") declare function h_del(map: i32, k: usize, kn: i32): i32;
@external("env", "proxy_get_header_map_pairs") declare function h_pairs(map: i32, pp: usize, np: usize): i32;
@external("env", "proxy_set_header_map_pairs") declare function h_setpairs(map: i32, p: usize, n: i32): i32;
@external("env", "proxy_get_header_map_size") declare function h_size(map: i32, np: usize): i32;
@external("env", "proxy_get_property") declare function h_prop(p: usize, n: i32, pp: usize, np: usize): i32;
@external("env", "proxy_set_property") declare function h_setprop(p: usize, n: i32, v: usize, vn: i32): i32;
@external("env", "proxy_send_local_response") declare function h_reply(s: i32, d: usize, dn: i32, b: usize, bn: i32, h: usize, hn: i32, g: i32): i32;
@external("env", "proxy_continue_stream") declare function h_continue(t: i32): i32;
@external("env", "proxy_close_stream") declare function h_close(t: i32): i32;
@external("env", "proxy_set_tick_period_milliseconds") declare function h_period(ms: i32): i32;
@external("env", "proxy_set_effective_context") declare function h_effective(id: i32): i32;
@external("env", "proxy_define_metric") declare function h_define(t: i32, p: usize, n: i32, ip: usize): i32;
@external("env", "proxy_increment_metric") declare function h_increment(id: i32, by: i64): i32;
@external("env", "proxy_record_metric") declare function h_record(id: i32, value: i64): i32;
@external("env", "proxy_get_metric") declare function h_metric(id: i32, vp: usize): i32;
@external("env", "proxy_get_shared_data") declare function h_shared(k: usize, kn: i32, pp: usize, np: usize, cp: usize): i32;
@external("env", "proxy_set_shared_data") declare function h_share(k: usize, kn: i32, v: usize, vn: i32, cas: i32): i32;
@external("env", "proxy_call_foreign_function") declare function h_foreign(f: usize, fn: i32, a: usize, an: i32, pp: usize, np: usize): i32;

const REQUEST_BODY = 0;
const RESPONSE_BODY = 1;
const TICK_MS = 10;
const LONGEST_SHOWN = 80;
const slot = memory.data(24);

/** One direction of a stream's body. */
class Flow {
  pieces: i32 = 0;
  size: i32 = 0;
  hash: u32 = 2166136261;
  /** The end was seen, or is of no interest any more. */
  ended: bool = false;
}

class Stream {
  constructor(public plugin: i32) {}
  key: i32 = -1;
  lines: Array<string> = [];
  request: Flow = new Flow();
  response: Flow = new Flow();
  /** Ticks until the phase "tick" runs; 0: it does not. */
  ticks: i32 = 0;
  /** What the callback returns. */
  pause: i32 = 0;
  /** A local response was sent. */
  replied: bool = false;
}

/** Plugins may share a VM. */
class Plugin {
  name: string = "";
  programs: Map<i32, Array<string>> = new Map();
}

const plugins = new Map<i32, Plugin>();
const streams = new Map<i32, Stream>();
const metrics = new Map<string, i32>();
let cas: i32 = 0;

export function proxy_abi_version_0_2_1(): void {}
export function proxy_on_memory_allocate(n: i32): usize { return heap.alloc(n); }

function at(bytes: ArrayBuffer): usize { return changetype<usize>(bytes); }
function say(text: string): void { const bytes = String.UTF8.encode(text); h_log(2, at(bytes), bytes.byteLength); }
function clean(): void { store<u64>(slot, 0); store<u64>(slot, 0, 8); }

function decode(word: string): ArrayBuffer {
  if (word == "~") return new ArrayBuffer(0);
  const bytes = new Array<u8>();
  for (let i = 0; i < word.length; i++) {
    if (word.charCodeAt(i) != 37) { bytes.push(<u8>word.charCodeAt(i)); continue; }
    bytes.push(<u8>I32.parseInt(word.substr(i + 1, 2), 16));
    i += 2;
  }
  const buffer = new ArrayBuffer(bytes.length);
  memory.copy(at(buffer), bytes.dataStart, bytes.length);
  return buffer;
}

function fnv(hash: u32, from: usize, n: i32): u32 {
  for (let i = 0; i < n; i++) hash = (hash ^ load<u8>(from + i)) * 16777619;
  return hash;
}

function show(from: usize, n: i32): string {
  if (n > LONGEST_SHOWN) return "#" + n.toString() + ":" + fnv(2166136261, from, n).toString(16);
  let text = "'";
  for (let i = 0; i < n; i++) {
    const c = load<u8>(from + i);
    if (c > 31 && c < 127 && c != 92) text += String.fromCharCode(c);
    else text += "\\" + (c < 16 ? "0" : "") + (<u32>c).toString(16);
  }
  return text + "'";
}

/** Takes what the host placed in memory. */
function taken(): string {
  const from = load<u32>(slot);
  const text = show(from, load<i32>(slot, 4));
  if (from) heap.free(from);
  return text;
}

function pairsAt(from: usize, sorted: bool): string {
  const n = load<i32>(from);
  let data = from + 4 + 8 * n;
  const pairs = new Array<string>();
  for (let i = 0; i < n; i++) {
    const k = load<i32>(from + 4 + 8 * i);
    const v = load<i32>(from + 8 + 8 * i);
    pairs.push("[" + show(data, k) + "=" + show(data + k + 1, v) + "]");
    data += k + v + 2;
  }
  if (sorted) pairs.sort();
  return n.toString() + " " + pairs.join(" ");
}

/** A map of properties has no order. */
function pairsTaken(sorted: bool = false): string {
  const from = load<u32>(slot);
  const text = load<i32>(slot, 4) > 0 ? " " + pairsAt(from, sorted) : "";
  if (from) heap.free(from);
  return text;
}

/** Words by twos, as the ABI serialises pairs. */
function pairsOf(words: Array<string>): ArrayBuffer {
  const parts = new Array<ArrayBuffer>();
  let size = 4;
  for (let i = 0; i < words.length; i++) {
    parts.push(decode(words[i]));
    size += 5 + parts[i].byteLength;
  }
  const bytes = new ArrayBuffer(size);
  store<u32>(at(bytes), parts.length / 2);
  let data = at(bytes) + 4 + 4 * parts.length;
  for (let i = 0; i < parts.length; i++) {
    store<u32>(at(bytes) + 4 + 4 * i, parts[i].byteLength);
    memory.copy(data, at(parts[i]), parts[i].byteLength);
    data += parts[i].byteLength + 1;
  }
  return bytes;
}

function number(word: string): i32 { return I32.parseInt(word); }

function onHeaders(op: string, a: Array<string>): string {
  const map = number(a[0]);
  if (op == "pairs") {
    const status = h_pairs(map, slot, slot + 4);
    return status.toString() + pairsTaken();
  }
  if (op == "size") { const status = h_size(map, slot); return status.toString() + " " + load<i32>(slot).toString(); }
  if (op == "setpairs") { const pairs = pairsOf(a.slice(1)); return h_setpairs(map, at(pairs), pairs.byteLength).toString(); }
  const key = decode(a[1]);
  if (op == "get") { const status = h_get(map, at(key), key.byteLength, slot, slot + 4); return status.toString() + " " + taken(); }
  if (op == "del") return h_del(map, at(key), key.byteLength).toString();
  const value = decode(a[2]);
  if (op == "add") return h_add(map, at(key), key.byteLength, at(value), value.byteLength).toString();
  return h_set(map, at(key), key.byteLength, at(value), value.byteLength).toString();
}

function onBuffers(op: string, a: Array<string>): string {
  const type = number(a[0]);
  if (op == "blen") { const status = h_status(type, slot, slot + 4); return status.toString() + " " + load<i32>(slot).toString(); }
  const start = number(a[1]);
  const length = number(a[2]);
  if (op == "body") { const status = h_buffer(type, start, length, slot, slot + 4); return status.toString() + " " + taken(); }
  const data = decode(a[3]);
  return h_write(type, start, length, at(data), data.byteLength).toString();
}

function onProperties(op: string, a: Array<string>): string {
  const path = decode(a[0]);
  if (op == "propmap") { const status = h_prop(at(path), path.byteLength, slot, slot + 4); return status.toString() + pairsTaken(true); }
  if (op == "prop") { const status = h_prop(at(path), path.byteLength, slot, slot + 4); return status.toString() + " " + taken(); }
  const value = decode(a[1]);
  return h_setprop(at(path), path.byteLength, at(value), value.byteLength).toString();
}

function onMetrics(op: string, a: Array<string>): string {
  if (op == "define") {
    const name = decode(a[2]);
    const status = h_define(number(a[1]), at(name), name.byteLength, slot);
    metrics.set(a[0], load<i32>(slot));
    return status.toString();
  }
  const id = metrics.has(a[0]) ? metrics.get(a[0]) : number(a[0]);
  if (op == "increment") return h_increment(id, I64.parseInt(a[1])).toString();
  if (op == "record") return h_record(id, I64.parseInt(a[1])).toString();
  const status = h_metric(id, slot);
  return status.toString() + " " + load<u64>(slot).toString();
}

function onShared(op: string, a: Array<string>): string {
  const key = decode(a[0]);
  if (op == "shared") {
    const status = h_shared(at(key), key.byteLength, slot, slot + 4, slot + 8);
    cas = load<i32>(slot, 8);
    return status.toString() + " " + taken();
  }
  const value = decode(a[1]);
  const wanted = a[2] == "seen" ? cas : number(a[2]);
  return h_share(at(key), key.byteLength, at(value), value.byteLength, wanted).toString();
}

function onStream(op: string, a: Array<string>, stream: Stream): string {
  if (op == "continue") return h_continue(number(a[0])).toString();
  if (op == "close") return h_close(number(a[0])).toString();
  if (op == "return") { stream.pause = number(a[0]); return ""; }
  if (op == "hold") { stream.ticks = number(a[0]); return ""; }
  const details = decode(a[1]);
  const body = decode(a[2]);
  const pairs = pairsOf(a.slice(4));
  stream.replied = true;
  return h_reply(number(a[0]), at(details), details.byteLength, at(body), body.byteLength, at(pairs), pairs.byteLength, number(a[3])).toString();
}

function act(op: string, a: Array<string>, stream: Stream): string {
  clean();
  if (["get", "add", "set", "del", "pairs", "setpairs", "size"].includes(op)) return onHeaders(op, a);
  if (["body", "blen", "write"].includes(op)) return onBuffers(op, a);
  if (["prop", "propmap", "setprop"].includes(op)) return onProperties(op, a);
  if (["define", "increment", "record", "metric"].includes(op)) return onMetrics(op, a);
  if (["shared", "share"].includes(op)) return onShared(op, a);
  if (op == "foreign") {
    const name = decode(a[0]);
    const argument = decode(a[1]);
    const status = h_foreign(at(name), name.byteLength, at(argument), argument.byteLength, slot, slot + 4);
    return status.toString() + " " + taken();
  }
  if (op == "log") { const text = decode(a[1]); return h_log(number(a[0]), at(text), text.byteLength).toString(); }
  if (op == "trap") unreachable();
  return onStream(op, a, stream);
}

/** What the operations of a phase come to: the number that the callback returns. */
function run(stream: Stream, phase: string, otherwise: i32 = 0): i32 {
  stream.pause = otherwise;
  for (let i = 0; i < stream.lines.length; i++) {
    const words = stream.lines[i].split(" ");
    if (words[0] != phase) continue;
    const result = act(words[1], words.slice(2), stream);
    tell(stream, phase + " " + i.toString() + " " + words[1] + ": " + result);
  }
  return stream.pause;
}

function tell(stream: Stream, text: string): void { say(stream.key.toString() + " " + plugins.get(stream.plugin).name + " " + text); }

const keyName = String.UTF8.encode("sequence");
const pathName = String.UTF8.encode(":path");

/** The stream of a context; its sequence is found as soon as the host shows it. */
function find(id: i32): Stream {
  const stream = streams.get(id);
  if (stream.key < 0) identify(stream);
  return stream;
}

function identify(stream: Stream): void {
  clean();
  let text = "";
  if (h_prop(at(keyName), keyName.byteLength, slot, slot + 4) == 0) text = textTaken();
  else if (h_get(0, at(pathName), pathName.byteLength, slot, slot + 4) == 0) {
    text = textTaken().split("/")[1];
    const bytes = String.UTF8.encode(text);
    h_setprop(at(keyName), keyName.byteLength, at(bytes), bytes.byteLength);
  }
  if (text == "") return;
  stream.key = number(text);
  const programs = plugins.get(stream.plugin).programs;
  if (programs.has(stream.key)) stream.lines = programs.get(stream.key);
}

function textTaken(): string {
  const from = load<u32>(slot);
  const text = String.UTF8.decodeUnsafe(from, load<i32>(slot, 4));
  if (from) heap.free(from);
  return text;
}

export function proxy_on_vm_start(id: i32, n: i32): i32 { return 1; }
export function proxy_on_context_create(id: i32, root: i32): void { if (root) streams.set(id, new Stream(root)); }

export function proxy_on_configure(id: i32, n: i32): i32 {
  clean();
  h_buffer(7, 0, n, slot, slot + 4);
  const lines = textTaken().split("\n");
  const plugin = new Plugin();
  plugin.name = lines[0];
  plugins.set(id, plugin);
  const programs = plugin.programs;
  for (let i = 1; i < lines.length; i++) {
    const cut = lines[i].indexOf(" ");
    const key = number(lines[i].substr(0, cut));
    if (!programs.has(key)) programs.set(key, []);
    programs.get(key).push(lines[i].substr(cut + 1));
  }
  h_period(TICK_MS);
  return 1;
}

function headers(stream: Stream, phase: string, n: i32, end: i32): i32 {
  tell(stream, phase + " n=" + n.toString() + " end=" + end.toString());
  return run(stream, phase);
}

/** How a filter treats the pieces of a body, which hosts may cut as they like: so nothing but the whole is logged. */
function mode(stream: Stream, letter: string): string {
  for (let i = 0; i < stream.lines.length; i++) if (stream.lines[i].startsWith(letter + "b ")) return stream.lines[i].substr(3);
  return "pass";
}

function body(stream: Stream, flow: Flow, type: i32, n: i32, end: i32): i32 {
  const letter = type == REQUEST_BODY ? "r" : "s";
  const treatment = mode(stream, letter);
  let answer = 0;
  if (++flow.pieces == 1) {
    stream.replied = false;
    answer = run(stream, letter + "f");
    if (stream.replied) flow.ended = true;
  }
  if (flow.ended) return answer;
  if (treatment == "whole") { if (!end) return 1; flow.size = 0; flow.hash = 2166136261; }
  look(flow, type, n, treatment == "flip");
  if (end) { ending(stream, flow, letter); return run(stream, letter + "e", treatment == "drop" ? 3 : 0); }
  if (treatment == "hold") return 2;
  if (treatment == "drop") return 3;
  return answer;
}

/** Counts a piece; where it is to be flipped it is written back with each byte changed. */
function look(flow: Flow, type: i32, n: i32, flip: bool): void {
  clean();
  h_buffer(type, 0, n, slot, slot + 4);
  const from = load<u32>(slot);
  const size = load<i32>(slot, 4);
  flow.size += size;
  flow.hash = fnv(flow.hash, from, size);
  for (let i = 0; flip && i < size; i++) store<u8>(from + i, load<u8>(from + i) ^ 1);
  if (flip && size > 0) h_write(type, 0, size, from, size);
  if (from) heap.free(from);
}

function ending(stream: Stream, flow: Flow, letter: string): void {
  flow.ended = true;
  tell(stream, letter + "b size=" + flow.size.toString() + " hash=" + flow.hash.toString(16));
}

function trailers(stream: Stream, flow: Flow, letter: string, n: i32): i32 {
  if (mode(stream, letter) == "whole") {
    flow.size = 0;
    flow.hash = 2166136261;
    if (flow.pieces > 0) look(flow, letter == "r" ? REQUEST_BODY : RESPONSE_BODY, 0x7fffffff, false);
  }
  ending(stream, flow, letter);
  tell(stream, letter + "t n=" + n.toString());
  return run(stream, letter + "t");
}

export function proxy_on_request_headers(id: i32, n: i32, end: i32): i32 { return headers(find(id), "rh", n, end); }
export function proxy_on_response_headers(id: i32, n: i32, end: i32): i32 { return headers(find(id), "sh", n, end); }
export function proxy_on_request_body(id: i32, n: i32, end: i32): i32 { const s = find(id); return body(s, s.request, REQUEST_BODY, n, end); }
export function proxy_on_response_body(id: i32, n: i32, end: i32): i32 { const s = find(id); return body(s, s.response, RESPONSE_BODY, n, end); }
export function proxy_on_request_trailers(id: i32, n: i32): i32 { const s = find(id); return trailers(s, s.request, "r", n); }
export function proxy_on_response_trailers(id: i32, n: i32): i32 { const s = find(id); return trailers(s, s.response, "s", n); }

export function proxy_on_tick(root: i32): void {
  const ids = streams.keys();
  for (let i = 0; i < ids.length; i++) {
    const stream = streams.get(ids[i]);
    if (stream.plugin != root || stream.ticks == 0 || --stream.ticks > 0) continue;
    h_effective(ids[i]);
    run(stream, "tick");
  }
  h_effective(0);
}

export function proxy_on_log(id: i32): void { const s = find(id); tell(s, "log"); run(s, "log"); }
export function proxy_on_done(id: i32): i32 {
  if (!streams.has(id)) return 1;
  const stream = streams.get(id);
  tell(stream, "done");
  run(stream, "done");
  return 1;
}
export function proxy_on_delete(id: i32): void {
  if (!streams.has(id)) return;
  tell(streams.get(id), "end");
  streams.delete(id);
}
