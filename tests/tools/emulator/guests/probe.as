// A guest that does what its plugin configuration says, line by line: "<phase> [@<path>] <operation> <arguments>".
// Phases: start conf create rh rb rb0 rb1 rt sh sb sb0 sb1 st nc dd dd0 dd1 ud ud0 ud1 dc uc done log delete tick; rb0/rb1 stand for one value of end_of_stream.
// "@/p" limits a line to streams whose :path is /p. A line "trace" logs each callback.

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
@external("env", "proxy_done") declare function h_done(): i32;
@external("env", "proxy_set_tick_period_milliseconds") declare function h_tick(ms: i32): i32;
@external("env", "proxy_set_effective_context") declare function h_effective(id: i32): i32;
@external("env", "proxy_get_current_time_nanoseconds") declare function h_now(p: usize): i32;

const scripts = new Map<i32, Array<string>>();
const roots = new Map<i32, i32>();
const paths = new Map<i32, string>();
const slot = memory.data(16);
let lastStream = 0;

export function proxy_abi_version_0_2_1(): void {}
export function proxy_on_memory_allocate(n: i32): usize { return heap.alloc(n); }

function b(text: string): ArrayBuffer { return String.UTF8.encode(unescape(text)); }
function unescape(text: string): string { return text == "-" ? "" : text.split("_SP_").join(" ").split("_NL_").join("\n").split("_CR_").join("\r"); }
function p(a: ArrayBuffer): usize { return changetype<usize>(a); }
function say(text: string): void { const a = String.UTF8.encode(text); h_log(2, p(a), a.byteLength); }
function hex(at: usize, n: i32): string {
  let r = "";
  for (let i = 0; i < n; i++) {
    const c = load<u8>(at + i);
    if (c > 31 && c < 127 && c != 92) r += String.fromCharCode(c);
    else r += "\\" + (c < 16 ? "0" : "") + (c as u32).toString(16);
  }
  return r;
}
function out(): string {
  const at = load<u32>(slot);
  const r = hex(at, load<i32>(slot, 4));
  if (at) heap.free(at);
  return r;
}
function clean(): void { store<u32>(slot, 0); store<u32>(slot, 0, 4); }
function pairs(text: string): ArrayBuffer {
  const list = text == "" || text == "-" ? new Array<string>() : text.split(",");
  let n = 4;
  const bytes = new Array<ArrayBuffer>();
  for (let i = 0; i < list.length; i++) {
    const cut = list[i].indexOf("=");
    bytes.push(b(list[i].substr(0, cut)));
    bytes.push(b(list[i].substr(cut + 1)));
    n += 8 + bytes[2 * i].byteLength + bytes[2 * i + 1].byteLength + 2;
  }
  const r = new ArrayBuffer(n);
  store<u32>(p(r), list.length);
  let at = p(r) + 4 + 8 * list.length;
  for (let i = 0; i < bytes.length; i++) {
    store<u32>(p(r) + 4 + 4 * i, bytes[i].byteLength);
    memory.copy(at, p(bytes[i]), bytes[i].byteLength);
    at += bytes[i].byteLength + 1;
  }
  return r;
}
function recurse(n: i32): i32 { return n == 0 ? 0 : recurse(n + 1) + recurse(n + 2) + 1; }
function num(t: string): i32 { return I32.parseInt(t); }

function act(op: string, a: Array<string>, id: i32): i32 {
  const a0 = a.length > 0 ? a[0] : "";
  const a1 = a.length > 1 ? a[1] : "";
  const a2 = a.length > 2 ? a[2] : "";
  clean();
  if (op == "log") { const t = b(a1); h_log(num(a0), p(t), t.byteLength); }
  else if (op == "get") { const k = b(a1); const s = h_get(num(a0), p(k), k.byteLength, slot, slot + 4); say("get " + a0 + " " + a1 + ": " + s.toString() + " " + out()); }
  else if (op == "set") { const k = b(a1); const v = b(a2); say("set " + a0 + " " + a1 + ": " + h_set(num(a0), p(k), k.byteLength, p(v), v.byteLength).toString()); }
  else if (op == "add") { const k = b(a1); const v = b(a2); say("add " + a0 + " " + a1 + ": " + h_add(num(a0), p(k), k.byteLength, p(v), v.byteLength).toString()); }
  else if (op == "del") { const k = b(a1); say("del " + a0 + " " + a1 + ": " + h_del(num(a0), p(k), k.byteLength).toString()); }
  else if (op == "pairs") { const s = h_pairs(num(a0), slot, slot + 4); const n = load<i32>(slot, 4); const at = load<u32>(slot); say("pairs " + a0 + ": " + s.toString() + " " + (n ? show(at) : "")); if (at) heap.free(at); }
  else if (op == "setpairs") { const d = pairs(a1); say("setpairs " + a0 + ": " + h_setpairs(num(a0), p(d), d.byteLength).toString()); }
  else if (op == "size") { const s = h_size(num(a0), slot); say("size " + a0 + ": " + s.toString() + " " + load<i32>(slot).toString()); }
  else if (op == "body") { const s = h_buffer(num(a0), a1 == "" ? 0 : num(a1), a2 == "" ? 1000000 : num(a2), slot, slot + 4); say("body " + a0 + ": " + s.toString() + " " + out()); }
  else if (op == "bodylen") { const s = h_status(num(a0), slot, slot + 4); say("bodylen " + a0 + ": " + s.toString() + " " + load<i32>(slot).toString()); }
  else if (op == "write") { const d = b(a[3]); say("write " + a0 + ": " + h_write(num(a0), num(a1), num(a2), p(d), d.byteLength).toString()); }
  else if (op == "prop") { const k = b(a0.split(".").join("\0").split("!").join(".")); const s = h_prop(p(k), k.byteLength, slot, slot + 4); say("prop " + a0 + ": " + s.toString() + " " + out()); }
  else if (op == "setprop") { const k = b(a0.split(".").join("\0")); const v = b(a1); say("setprop " + a0 + ": " + h_setprop(p(k), k.byteLength, p(v), v.byteLength).toString()); }
  else if (op == "reply") { const t = b(a1); const d = b(a2); const g = a.length > 3 ? num(a[3]) : -1; const h = pairs(a.length > 4 ? a[4] : ""); say("reply " + a0 + ": " + h_reply(num(a0), p(d), d.byteLength, p(t), t.byteLength, p(h), h.byteLength, g).toString()); }
  else if (op == "cont") say("cont " + a0 + ": " + h_continue(num(a0)).toString());
  else if (op == "close") say("close " + a0 + ": " + h_close(num(a0)).toString());
  else if (op == "rootdone") say("done: " + h_done().toString());
  else if (op == "period") say("period: " + h_tick(num(a0)).toString());
  else if (op == "effective") say("effective " + a0 + ": " + h_effective(a0 == "last" ? lastStream : num(a0)).toString());
  else if (op == "now") { const s = h_now(slot); say("now: " + s.toString() + " " + load<u64>(slot).toString()); }
  else if (op == "badpointer") say("badpointer: " + h_log(2, 0x7fffff00, 100).toString());
  else if (op == "badmap") { const k = b("a"); say("badmap: " + h_get(99, p(k), 1, slot, slot + 4).toString()); }
  else if (more(op, a)) return -1;
  else if (op == "trap") unreachable();
  else if (op == "bounds") load<u8>(0x7ffffff0);
  else if (op == "divide") return 1 / num(a0);
  else if (op == "recurse") return recurse(1);
  else if (op == "ret") return num(a0);
  return -1;
}
function show(at: usize): string {
  const n = load<i32>(at);
  let d = at + 4 + 8 * n;
  let r = n.toString();
  for (let i = 0; i < n; i++) {
    const k = load<i32>(at + 4 + 8 * i);
    const v = load<i32>(at + 8 + 8 * i);
    r += " [" + hex(d, k) + ": " + hex(d + k + 1, v) + "]";
    d += k + v + 2;
  }
  return r;
}
function run(phase: string, id: i32, otherwise: i32, eos: i32 = -1, detail: string = ""): i32 {
  const root = roots.has(id) ? roots.get(id) : id;
  if (!scripts.has(root)) return otherwise;
  const script = scripts.get(root);
  const path = paths.has(id) ? paths.get(id) : "";
  for (let i = 0; i < script.length; i++) {
    const words = script[i].split(" ");
    if (words[0] == "trace") { say("cb " + phase + " " + id.toString() + (eos >= 0 ? " eos=" + eos.toString() : "") + detail); continue; }
    if (words[0] != phase && !(eos >= 0 && words[0] == phase + eos.toString())) continue;
    let from = 1;
    if (words[1].startsWith("@")) { if (words[1].substr(1) != path) continue; from = 2; }
    const r = act(words[from], words.slice(from + 1), id);
    if (r >= 0) otherwise = r;
  }
  return otherwise;
}

export function proxy_on_context_create(id: i32, root: i32): void {
  if (root) { lastStream = id; roots.set(id, root); run("create", id, 0, -1, " root=" + root.toString()); }
}
export function proxy_on_vm_start(id: i32, n: i32): i32 {
  if (n) { clean(); h_buffer(6, 0, n, slot, slot + 4); const text = String.UTF8.decodeUnsafe(load<u32>(slot), load<u32>(slot, 4)); if (text == "refuse") return 0; if (text == "trap") unreachable(); }
  return 1;
}
export function proxy_on_configure(id: i32, n: i32): i32 {
  clean();
  const s = h_buffer(7, 0, n, slot, slot + 4);
  const text = n ? String.UTF8.decodeUnsafe(load<u32>(slot), load<u32>(slot, 4)) : "";
  if (load<u32>(slot)) heap.free(load<u32>(slot));
  scripts.set(id, text.split("\n"));
  return run("conf", id, 1, -1, " size=" + n.toString());
}
export function proxy_on_request_headers(id: i32, n: i32, eos: i32): i32 {
  clean();
  const k = b(":path");
  if (h_get(0, p(k), k.byteLength, slot, slot + 4) == 0) {
    paths.set(id, String.UTF8.decodeUnsafe(load<u32>(slot), load<u32>(slot, 4)));
    heap.free(load<u32>(slot));
  }
  return run("rh", id, 0, eos, " n=" + n.toString());
}
export function proxy_on_request_body(id: i32, n: i32, eos: i32): i32 { return run("rb", id, 0, eos, " n=" + n.toString()); }
export function proxy_on_request_trailers(id: i32, n: i32): i32 { return run("rt", id, 0, -1, " n=" + n.toString()); }
export function proxy_on_response_headers(id: i32, n: i32, eos: i32): i32 { return run("sh", id, 0, eos, " n=" + n.toString()); }
export function proxy_on_response_body(id: i32, n: i32, eos: i32): i32 { return run("sb", id, 0, eos, " n=" + n.toString()); }
export function proxy_on_response_trailers(id: i32, n: i32): i32 { return run("st", id, 0, -1, " n=" + n.toString()); }
export function proxy_on_done(id: i32): i32 { return run("done", id, 1); }
export function proxy_on_log(id: i32): void { run("log", id, 0); }
export function proxy_on_delete(id: i32): void { run("delete", id, 0); roots.delete(id); paths.delete(id); }
export function proxy_on_tick(id: i32): void { run("tick", id, 0); }
export function proxy_on_new_connection(id: i32): i32 { return run("nc", id, 0); }
export function proxy_on_downstream_data(id: i32, n: i32, eos: i32): i32 { return run("dd", id, 0, eos, " n=" + n.toString()); }
export function proxy_on_upstream_data(id: i32, n: i32, eos: i32): i32 { return run("ud", id, 0, eos, " n=" + n.toString()); }
export function proxy_on_downstream_connection_close(id: i32, peer: i32): void { run("dc", id, 0, -1, " peer=" + peer.toString()); }
export function proxy_on_upstream_connection_close(id: i32, peer: i32): void { run("uc", id, 0, -1, " peer=" + peer.toString()); }
