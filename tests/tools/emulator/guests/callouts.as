// What the probe does beside: calls. "call <cluster> <pairs> <body> <trailers> <ms>", "gcall <target> <service> <method> <pairs> <message> <ms>",
// "gstream <target> <service> <method> <pairs>", "gsend <which> <message> <end>", "gclose <which>", "gcancel <which>", "status".
// <which>: the nth token that the guest got, or =<token>. <target>: a name as it is, or @<name> for a GrpcService message.
// Phases: hc (answer to a call), gi gr gt gc (gRPC: initial metadata, message, trailing metadata, close).

@external("env", "proxy_http_call") declare function h_call(c: usize, cn: i32, h: usize, hn: i32, b: usize, bn: i32, t: usize, tn: i32, ms: i32, token: usize): i32;
@external("env", "proxy_grpc_call") declare function h_gcall(c: usize, cn: i32, s: usize, sn: i32, m: usize, mn: i32, h: usize, hn: i32, b: usize, bn: i32, ms: i32, token: usize): i32;
@external("env", "proxy_grpc_stream") declare function h_gstream(c: usize, cn: i32, s: usize, sn: i32, m: usize, mn: i32, h: usize, hn: i32, token: usize): i32;
@external("env", "proxy_grpc_send") declare function h_gsend(token: i32, b: usize, bn: i32, end: i32): i32;
@external("env", "proxy_grpc_close") declare function h_gclose(token: i32): i32;
@external("env", "proxy_grpc_cancel") declare function h_gcancel(token: i32): i32;
@external("env", "proxy_get_status") declare function h_getstatus(code: usize, pp: usize, np: usize): i32;

const tokens = new Array<i32>();
const told = memory.data(16);
function target(text: string): ArrayBuffer {
  if (!text.startsWith("@")) return b(text);
  const name = b(text.substr(1));
  const r = new ArrayBuffer(4 + name.byteLength);
  store<u8>(p(r), 0x0a); store<u8>(p(r), name.byteLength + 2, 1); store<u8>(p(r), 0x0a, 2); store<u8>(p(r), name.byteLength, 3);
  memory.copy(p(r) + 4, p(name), name.byteLength);
  return r;
}
function issued(what: string, status: i32): void {
  const token = load<i32>(slot);
  if (status == 0) tokens.push(token);
  say(what + ": " + status.toString() + " token " + token.toString());
}
function tokenOf(text: string): i32 { return text.startsWith("=") ? num(text.substr(1)) : tokens[num(text)]; }
function none(): ArrayBuffer { return new ArrayBuffer(0); }
function blockOf(text: string): ArrayBuffer { return text == "" || text == "-" ? none() : pairs(text); }
function more(op: string, a: Array<string>): bool {
  if (op == "call") {
    const c = b(a[0]); const h = blockOf(a[1]); const d = b(a[2]); const t = blockOf(a[3]);
    issued("call " + a[0], h_call(p(c), c.byteLength, p(h), h.byteLength, p(d), d.byteLength, p(t), t.byteLength, num(a[4]), slot));
  } else if (op == "gcall") {
    const c = target(a[0]); const s = b(a[1]); const m = b(a[2]); const h = blockOf(a[3]); const d = b(a[4]);
    issued("gcall " + a[0], h_gcall(p(c), c.byteLength, p(s), s.byteLength, p(m), m.byteLength, p(h), h.byteLength, p(d), d.byteLength, num(a[5]), slot));
  } else if (op == "gstream") {
    const c = target(a[0]); const s = b(a[1]); const m = b(a[2]); const h = blockOf(a[3]);
    issued("gstream " + a[0], h_gstream(p(c), c.byteLength, p(s), s.byteLength, p(m), m.byteLength, p(h), h.byteLength, slot));
  } else if (op == "gsend") { const d = b(a[1]); say("gsend " + a[0] + ": " + h_gsend(tokenOf(a[0]), p(d), d.byteLength, num(a[2])).toString()); }
  else if (op == "gclose") say("gclose " + a[0] + ": " + h_gclose(tokenOf(a[0])).toString());
  else if (op == "gcancel") say("gcancel " + a[0] + ": " + h_gcancel(tokenOf(a[0])).toString());
  else if (op == "status") { const s = h_getstatus(told, slot, slot + 4); say("status: " + s.toString() + " " + load<i32>(told).toString() + " " + out()); }
  else return false;
  return true;
}
export function proxy_on_http_call_response(id: i32, token: i32, h: i32, n: i32, t: i32): void { run("hc", id, 0, -1, " token=" + token.toString() + " h=" + h.toString() + " n=" + n.toString() + " t=" + t.toString()); }
export function proxy_on_grpc_receive_initial_metadata(id: i32, token: i32, n: i32): void { run("gi", id, 0, -1, " token=" + token.toString() + " n=" + n.toString()); }
export function proxy_on_grpc_receive(id: i32, token: i32, n: i32): void { run("gr", id, 0, -1, " token=" + token.toString() + " n=" + n.toString()); }
export function proxy_on_grpc_receive_trailing_metadata(id: i32, token: i32, n: i32): void { run("gt", id, 0, -1, " token=" + token.toString() + " n=" + n.toString()); }
export function proxy_on_grpc_close(id: i32, token: i32, status: i32): void { run("gc", id, 0, -1, " token=" + token.toString() + " status=" + status.toString()); }
