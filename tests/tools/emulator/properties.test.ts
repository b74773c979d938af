import assert from "node:assert/strict";
import { test } from "node:test";
import type { Header, StreamInfo } from "../../../tools/emulator/index.js";
import { get, post, probed, roundTrip } from "./support/probed.js";

const info: StreamInfo = {
  protocol: "HTTP/2",
  sourceAddress: "10.0.0.7",
  sourcePort: 4711,
  destinationAddress: "10.0.0.1",
  destinationPort: 443,
  connectionId: 3,
  requestedServerName: "a.example",
  routeName: "orders",
  clusterName: "backend",
  virtualHostName: "shop",
  filterChainName: "main",
  metadata: { space: { text: "t", number: 1.5, flag: true } },
};

const request: Header[] = [
  [":authority", "a.example:99"],
  [":path", "/p/q?x=1&y=2"],
  [":method", "POST"],
  [":scheme", "http"],
  ["x-a", "1"],
  ["x-a", "2"],
  ["referer", "r"],
  ["user-agent", "ua"],
  ["x-request-id", "id"],
  ["content-length", "5"],
];

// Path, and what a guest reads in proxy_on_request_headers: status, blank, bytes (odd ones as \hex).
const inHeaders: [path: string, read: string][] = [
  ["request.path", "0 /p/q?x=1&y=2"],
  ["request.url_path", "0 /p/q"],
  ["request.query", "0 x=1&y=2"],
  ["request.host", "0 a.example:99"],
  ["request.method", "0 POST"],
  ["request.scheme", "0 http"],
  ["request.id", "0 id"],
  ["request.referer", "0 r"],
  ["request.useragent", "0 ua"],
  ["request.headers.x-a", "0 1,2"],
  ["request.headers.none", "1 "],
  ["request.protocol", "0 HTTP/2"],
  ["request.size", "0 \\05\\00\\00\\00\\00\\00\\00\\00"],
  ["request.duration", "1 "],
  ["request", "3 "],
  ["response.code", "1 "],
  ["response.flags", "0 \\00\\00\\00\\00\\00\\00\\00\\00"],
  ["source.address", "0 10.0.0.7:4711"],
  ["source.port", "0 g\\12\\00\\00\\00\\00\\00\\00"],
  ["destination.address", "0 10.0.0.1:443"],
  ["connection.id", "0 \\03\\00\\00\\00\\00\\00\\00\\00"],
  ["connection_id", "0 \\03\\00\\00\\00\\00\\00\\00\\00"],
  ["connection.mtls", "0 \\00"],
  ["connection.requested_server_name", "0 a.example"],
  ["connection.tls_version", "1 "],
  ["upstream.address", "1 "],
  ["xds.cluster_name", "0 backend"],
  ["xds.route_name", "0 orders"],
  ["xds.virtual_host_name", "0 shop"],
  ["xds.filter_chain_name", "0 main"],
  ["xds.listener_direction", "0 \\00\\00\\00\\00\\00\\00\\00\\00"],
  ["metadata.filter_metadata.space.text", "0 t"],
  ["metadata.filter_metadata.space.number", "0 \\00\\00\\00\\00\\00\\00\\f8?"],
  ["metadata.filter_metadata.space.flag", "0 \\01"],
  ["metadata.filter_metadata.space.none", "1 "],
  ["metadata.filter_metadata.none.text", "1 "],
  ["plugin_name", "0 probe"],
  ["plugin_root_id", "0 root"],
  ["plugin_vm_id", "0 vm"],
  ["cluster_name", "1 "],
  ["nothing", "1 "],
];

test("properties in the request's headers phase are as Envoy serialises them", async () => {
  const script = inHeaders.map(([path]) => `rh prop ${path}`);
  const { plugin, said } = await probed(script, { rootId: "root", vmId: "vm" });
  plugin.open(info).requestHeaders(request, false);
  assert.deepEqual(
    said(),
    inHeaders.map(([path, read]) => `prop ${path}: ${read}`),
  );
});

test("the time of a request is the clock's, its duration is known in the end", async () => {
  const { plugin, clock, said } = await probed(["rh prop request.time", "log prop request.duration"]);
  const stream = plugin.open();
  stream.requestHeaders(get, true);
  clock.advance(1);
  stream.responseHeaders([[":status", "200"]], true);
  const nanoseconds = Buffer.alloc(8);
  nanoseconds.writeBigInt64LE(BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n);
  assert.deepEqual(said(), [
    `prop request.time: 0 ${escaped(nanoseconds)}`,
    "prop request.duration: 0 @B\\0f\\00\\00\\00\\00\\00",
  ]);
});

test("the response's properties come with the response", async () => {
  const { plugin, said } = await probed([
    "sh prop response.code",
    "sh prop response.code_details",
    "sh prop response.headers.x-b",
    "sb prop response.headers.x-b",
    "log prop response.headers.x-b",
  ]);
  const stream = plugin.open();
  stream.requestHeaders(get, true);
  stream.responseHeaders(
    [
      [":status", "200"],
      ["x-b", "1"],
    ],
    false,
  );
  stream.responseBody("bye", true);
  assert.deepEqual(said(), [
    "prop response.code: 0 \\c8\\00\\00\\00\\00\\00\\00\\00",
    "prop response.code_details: 0 via_upstream",
    "prop response.headers.x-b: 0 1",
    "prop response.headers.x-b: 1 ",
    "prop response.headers.x-b: 0 1",
  ]);
});

test("a map is serialised as pairs, with repeated names joined", async () => {
  const { plugin, said } = await probed(["rh prop request.headers"]);
  plugin.open().requestHeaders(
    [
      ["a", "1"],
      ["b", "22"],
      ["a", "3"],
    ],
    true,
  );
  const sizes = "\\02\\00\\00\\00\\01\\00\\00\\00\\03\\00\\00\\00\\01\\00\\00\\00\\02\\00\\00\\00";
  assert.deepEqual(said(), [`prop request.headers: 0 ${sizes}a\\001,3\\00b\\0022\\00`]);
});

test("what a filter sets is read back by its name and as filter state, by later filters too", async () => {
  const { plugin, said } = await probed([
    "rh setprop who alice",
    "rh prop who",
    "rh prop filter_state.wasm!who",
    "sh prop who",
    "log prop who",
  ]);
  const stream = roundTrip(plugin);
  assert.deepEqual(said(), [
    "setprop who: 0",
    "prop who: 0 alice",
    "prop filter_state.wasm!who: 0 alice",
    "prop who: 0 alice",
    "prop who: 0 alice",
  ]);
  assert.equal(stream.filterState.get("wasm.who"), "alice");
});

test("setting a property changes neither request nor what cannot be read back", async () => {
  const { plugin, said } = await probed([
    "rh setprop request.path /x",
    "rh prop request.path",
    "rh setprop a.b 1",
    "rh prop a.b",
  ]);
  const stream = roundTrip(plugin);
  assert.deepEqual(said(), [
    "setprop request.path: 0",
    "prop request.path: 0 /",
    "setprop a.b: 0",
    "prop a.b: 1 ",
  ]);
  assert.deepEqual(stream.upstream.headers, get);
});

test("nothing of one stream is seen in the next", async () => {
  const { plugin, said } = await probed(["rh prop who", "rb setprop who alice"]);
  for (let round = 0; round < 2; round++) {
    const stream = plugin.open();
    stream.requestHeaders(post, false);
    stream.requestBody("", true);
    stream.close();
  }
  assert.deepEqual(said(), ["prop who: 1 ", "setprop who: 0", "prop who: 1 ", "setprop who: 0"]);
});

test("a plugin knows its own names while it is configured, and no request", async () => {
  const { emulator } = await probed([
    "conf prop plugin_name",
    "conf prop request.path",
    "conf prop xds.node.id",
  ]);
  assert.deepEqual(
    emulator
      .logs()
      .slice(0, 3)
      .map((line) => line.text),
    ["prop plugin_name: 0 probe", "prop request.path: 1 ", "prop xds.node.id: 0 "],
  );
});

function escaped(bytes: Buffer): string {
  const hex = (byte: number) => `\\${byte.toString(16).padStart(2, "0")}`;
  const plain = (byte: number) => byte > 31 && byte < 127 && byte !== 92;
  return [...bytes].map((byte) => (plain(byte) ? String.fromCharCode(byte) : hex(byte))).join("");
}
