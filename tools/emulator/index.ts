/**
 * A strict proxy-wasm host in process: ABI 0.2.1, HTTP, as Envoy 1.40 behaves.
 *
 *   const emulator = new Emulator();
 *   const plugin = emulator.load({ module, configuration: "{}" });   // throws LoadError: refused, with the problems
 *   const stream = plugin.open({ protocol: "HTTP/2" });
 *   stream.requestHeaders([[":method", "GET"], [":path", "/"], [":authority", "a"]], true);   // { next: "continue" }
 *   stream.upstream.headers;                                          // what an upstream sees
 *   stream.responseHeaders([[":status", "200"]], true);
 *   stream.downstream.headers;                                        // what the client sees
 *   stream.close();
 *
 * What filters call is the test's to play, too: `new Emulator({ clock: new Clock(0), callees: (cluster) => upstream })`,
 * where an Upstream gets each request, and answers, fails or stalls; `clock.advance(ms)` lets time run out.
 *
 * Where somebody else creates the instance (as-pect):
 *
 *   const guest = new Guest();
 *   const imports = hostImports(emulator, guest);     // { env, wasi_snapshot_preview1, wasi_unstable }
 *   ... instantiate with them ...
 *   guest.attach(instance.exports);
 *   const plugin = emulator.adopt(guest, { configuration: "{}" });
 */
export { Emulator } from "./emulator.js";
export { Clock } from "./clock.js";
export { EmulatorError, LoadError } from "./errors.js";
export { Guest } from "./guest.js";
export { hostImports } from "./imports.js";
export { Plugin } from "./plugin.js";
export { Stream } from "./stream.js";
export { Connection } from "./tcp/connection.js";
export type { ConnectionInfo, ConnectionOutcome, Flow } from "./tcp/connection.js";
export { emulatorHost } from "./proxy/host.js";
export { utf8 } from "./bytes.js";
export type { Callees } from "./callouts/callee.js";
export type { ResponseEvents, Upstream, UpstreamStream } from "./proxy/upstream.js";
export type { Metrics } from "./shared/metrics.js";
export type { EmulatorOptions } from "./emulator.js";
export type { Header, LocalReply, LogLine, Message, Outcome, PluginOptions, StreamInfo } from "./types.js";
