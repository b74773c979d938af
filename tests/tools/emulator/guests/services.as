// A guest that asks for host services as its plugin configuration says, line by line: "<phase> <operation> <arguments>".
// Phases: start conf rh rb0 rb1 sh sb0 sb1 log ready tick foreign done; "rh@/p" limits a line to requests with that path.
// Arguments: "-" is nothing, "%hh" a byte, "$name" a number that an earlier operation kept under this name.

@external("env", "proxy_log") declare function h_log(level: i32, p: usize, n: i32): i32;
@external("env", "proxy_get_buffer_bytes") declare function h_buffer(type: i32, start: i32, n: i32, pp: usize, np: usize): i32;
@external("env", "proxy_get_header_map_value") declare function h_get(map: i32, k: usize, kn: i32, pp: usize, np: usize): i32;
@external("env", "proxy_get_property") declare function h_prop(p: usize, n: i32, pp: usize, np: usize): i32;
@external("env", "proxy_set_property") declare function h_setprop(p: usize, n: i32, v: usize, vn: i32): i32;
@external("env", "proxy_get_shared_data") declare function h_sdget(k: usize, kn: i32, pp: usize, np: usize, casp: usize): i32;
@external("env", "proxy_set_shared_data") declare function h_sdset(k: usize, kn: i32, v: usize, vn: i32, cas: i32): i32;
@external("env", "proxy_register_shared_queue") declare function h_qreg(k: usize, kn: i32, tp: usize): i32;
@external("env", "proxy_resolve_shared_queue") declare function h_qres(v: usize, vn: i32, k: usize, kn: i32, tp: usize): i32;
@external("env", "proxy_enqueue_shared_queue") declare function h_enq(t: i32, v: usize, vn: i32): i32;
@external("env", "proxy_dequeue_shared_queue") declare function h_deq(t: i32, pp: usize, np: usize): i32;
@external("env", "proxy_define_metric") declare function h_define(type: i32, k: usize, kn: i32, idp: usize): i32;
@external("env", "proxy_increment_metric") declare function h_inc(id: i32, n: i64): i32;
@external("env", "proxy_record_metric") declare function h_rec(id: i32, n: i64): i32;
@external("env", "proxy_get_metric") declare function h_metric(id: i32, vp: usize): i32;
@external("env", "proxy_get_status") declare function h_status(cp: usize, pp: usize, np: usize): i32;
@external("env", "proxy_call_foreign_function") declare function h_foreign(k: usize, kn: i32, v: usize, vn: i32, pp: usize, np: usize): i32;
@external("env", "proxy_set_tick_period_milliseconds") declare function h_tick(ms: i32): i32;
@external("env", "proxy_set_effective_context") declare function h_effective(id: i32): i32;
@external("env", "proxy_done") declare function h_done(): i32;
@external("wasi_snapshot_preview1", "random_get") declare function w_random(p: usize, n: i32): i32;

const scripts = new Map<i32, Array<string>>();
const roots = new Map<i32, i32>();
const paths = new Map<i32, string>();
const kept = new Map<string, i32>();
const slot = memory.data(16);

export function proxy_abi_version_0_2_1(): void {}
export function proxy_on_memory_allocate(n: i32): usize { return heap.alloc(n); }

function p(a: ArrayBuffer): usize { return changetype<usize>(a); }
function num(t: string): i32 { return t.startsWith("$") ? kept.get(t.substr(1)) : <i32>I64.parseInt(t); }
function wide(t: string): i64 { return t.startsWith("u") ? <i64>U64.parseInt(t.substr(1)) : I64.parseInt(t); }
function say(text: string): void { const a = String.UTF8.encode(text); h_log(2, p(a), a.byteLength); }
function digit(c: i32): i32 { return c < 58 ? c - 48 : c - 87; }
/** "$name" stands for the number's four bytes. */
function b(text: string): ArrayBuffer {
  if (text == "-") return new ArrayBuffer(0);
  if (text.startsWith("$")) { const four = new ArrayBuffer(4); store<i32>(p(four), num(text)); return four; }
  const from = String.UTF8.encode(text);
  const to = new ArrayBuffer(from.byteLength);
  let n = 0;
  for (let i = 0; i < from.byteLength; i++) {
    let c: i32 = load<u8>(p(from) + i);
    if (c == 37) { c = digit(load<u8>(p(from) + i + 1)) * 16 + digit(load<u8>(p(from) + i + 2)); i += 2; }
    store<u8>(p(to) + n++, c);
  }
  return to.slice(0, n);
}
function hex(at: usize, n: i32): string {
  let r = "";
  for (let i = 0; i < n; i++) {
    const c = load<u8>(at + i);
    if (c > 31 && c < 127 && c != 37) r += String.fromCharCode(c);
    else r += "%" + (c < 16 ? "0" : "") + (c as u32).toString(16);
  }
  return r;
}
function out(): string {
  const at = load<u32>(slot);
  const n = load<i32>(slot, 4);
  if (at == 0xdead) return "(untouched)";
  const r = n > 400 ? "(" + n.toString() + " bytes)" : hex(at, n);
  if (at) heap.free(at);
  return r;
}
function keep(name: string): void { if (load<u32>(slot, 8) != 0xdead) kept.set(name, load<i32>(slot, 8)); }

function act(op: string, a: Array<string>, id: i32): i32 {
  const a0 = a.length > 0 ? b(a[0]) : b("-");
  const a1 = a.length > 1 ? b(a[1]) : b("-");
  const told = op + (a.length ? " " + a[0] : "") + ": ";
  store<u32>(slot, 0xdead); store<u32>(slot, 0, 4); store<u64>(slot, 0xdead, 8);
  if (op == "say") say(a.join(" "));
  else if (op == "get") { const s = h_sdget(p(a0), a0.byteLength, slot, slot + 4, slot + 8); keep("cas"); say(told + s.toString() + " " + out() + " cas=" + load<u32>(slot, 8).toString()); }
  else if (op == "set") say(told + h_sdset(p(a0), a0.byteLength, p(a1), a1.byteLength, a.length > 2 ? num(a[2]) : 0).toString());
  else if (op == "register") { const s = h_qreg(p(a0), a0.byteLength, slot + 8); keep(a.length > 1 ? a[1] : a[0]); say(told + s.toString()); }
  else if (op == "resolve") { const s = h_qres(p(a0), a0.byteLength, p(a1), a1.byteLength, slot + 8); keep(a.length > 2 ? a[2] : a[1]); say(told + s.toString() + (load<u32>(slot, 8) == 0xdead ? " (untouched)" : "")); }
  else if (op == "push") say(told + h_enq(num(a[0]), p(a1), a1.byteLength).toString());
  else if (op == "pop") { const s = h_deq(num(a[0]), slot, slot + 4); say(told + s.toString() + " " + out()); }
  else if (op == "define") { const s = h_define(num(a[0]), p(a1), a1.byteLength, slot + 8); keep(a.length > 2 ? a[2] : a[1]); say(told + a[1] + " " + s.toString() + " id=" + load<u32>(slot, 8).toString()); }
  else if (op == "increment") say(told + h_inc(num(a[0]), wide(a[1])).toString());
  else if (op == "record") say(told + h_rec(num(a[0]), wide(a[1])).toString());
  else if (op == "metric") { const s = h_metric(num(a[0]), slot + 8); say(told + s.toString() + " " + (load<u64>(slot, 8) == 0xdead ? "(untouched)" : load<u64>(slot, 8).toString())); }
  else if (op == "status") { const s = h_status(slot + 8, slot, slot + 4); say(told + s.toString() + " " + load<i32>(slot, 8).toString() + " " + out()); }
  else if (op == "foreign") { const s = h_foreign(p(a0), a0.byteLength, p(a1), a1.byteLength, slot, slot + 4); if (a[0] == "expr_create" && a.length > 2) kept.set(a[2], load<i32>(load<u32>(slot))); say(told + s.toString() + " " + (a[0] == "expr_create" && s == 0 ? load<i32>(slot, 4).toString() + " bytes" : out())); }
  else if (op == "cel") {
    const text = a.join(" ");
    const source = b(text);
    const name = b("expr_create"), run = b("expr_evaluate"), end = b("expr_delete");
    let s = h_foreign(p(name), name.byteLength, p(source), source.byteLength, slot, slot + 4);
    if (s) say("cel " + text + ": not created " + s.toString());
    else {
      const token = load<u32>(slot);
      store<u32>(slot, 0xdead); store<u32>(slot, 0, 4);
      s = h_foreign(p(run), run.byteLength, token, 4, slot, slot + 4);
      say("cel " + text + ": " + s.toString() + " " + out());
      h_foreign(p(end), end.byteLength, token, 4, slot, slot + 4);
      heap.free(token);
    }
  }
  else if (op == "prop") { const k = b(a[0].split(".").join("%00").split("!").join(".")); const s = h_prop(p(k), k.byteLength, slot, slot + 4); say(told + s.toString() + " " + out()); }
  else if (op == "setprop") { const k = b(a[0].split(".").join("%00").split("!").join(".")); say(told + h_setprop(p(k), k.byteLength, p(a1), a1.byteLength).toString()); }
  else if (op == "argument") { const s = h_buffer(8, 0, 1000, slot, slot + 4); say("argument: " + s.toString() + " " + out()); }
  else if (op == "buffer") { const s = h_buffer(num(a[0]), 0, 1000, slot, slot + 4); say(told + s.toString() + " " + out()); }
  else if (op == "random") { const s = w_random(slot + 8, 8); say("random: " + s.toString() + (load<u64>(slot, 8) == 0xdead ? " none" : " some")); }
  else if (op == "period") say("period: " + h_tick(num(a[0])).toString());
  else if (op == "effective") say(told + h_effective(num(a[0])).toString());
  else if (op == "alldone") say("alldone: " + h_done().toString());
  else if (op == "trap") unreachable();
  else if (op == "ret") return num(a[0]);
  return -1;
}
function run(phase: string, id: i32, otherwise: i32): i32 {
  const root = roots.has(id) ? roots.get(id) : id;
  if (!scripts.has(root)) return otherwise;
  const script = scripts.get(root);
  const path = paths.has(id) ? paths.get(id) : "";
  for (let i = 0; i < script.length; i++) {
    const words = script[i].split(" ");
    if (words[0] != phase && words[0] != phase + "@" + path) continue;
    const r = act(words[1], words.slice(2), id);
    if (r >= 0) otherwise = r;
  }
  return otherwise;
}
function text(type: i32, n: i32): string {
  if (n == 0) return "";
  h_buffer(type, 0, n, slot, slot + 4);
  const at = load<u32>(slot);
  const r = String.UTF8.decodeUnsafe(at, load<u32>(slot, 4));
  heap.free(at);
  return r;
}

export function proxy_on_context_create(id: i32, root: i32): void { if (root) roots.set(id, root); }
export function proxy_on_vm_start(id: i32, n: i32): i32 {
  scripts.set(id, text(6, n).split("\n"));
  return run("start", id, 1);
}
export function proxy_on_configure(id: i32, n: i32): i32 {
  scripts.set(id, text(7, n).split("\n"));
  return run("conf", id, 1);
}
export function proxy_on_request_headers(id: i32, n: i32, eos: i32): i32 {
  const k = b(":path");
  if (h_get(0, p(k), k.byteLength, slot, slot + 4) == 0) {
    const at = load<u32>(slot);
    paths.set(id, String.UTF8.decodeUnsafe(at, load<u32>(slot, 4)));
    heap.free(at);
  }
  return run("rh", id, 0);
}
export function proxy_on_request_body(id: i32, n: i32, eos: i32): i32 { return run(eos ? "rb1" : "rb0", id, 0); }
export function proxy_on_response_body(id: i32, n: i32, eos: i32): i32 { return run(eos ? "sb1" : "sb0", id, 0); }
export function proxy_on_response_headers(id: i32, n: i32, eos: i32): i32 { return run("sh", id, 0); }
export function proxy_on_done(id: i32): i32 { return run("done", id, 1); }
export function proxy_on_log(id: i32): void { run("log", id, 0); }
export function proxy_on_delete(id: i32): void { run("delete", id, 0); roots.delete(id); paths.delete(id); }
export function proxy_on_tick(id: i32): void { run("tick", id, 0); }
export function proxy_on_queue_ready(id: i32, token: i32): void { kept.set("token", token); run("ready", id, 0); }
export function proxy_on_foreign_function(id: i32, f: i32, n: i32): void { say("foreign call " + f.toString() + " size=" + n.toString()); run("foreign", id, 0); }
