import assert from "node:assert/strict";
import { test } from "node:test";
import { get, probed, roundTrip } from "./support/probed.js";

const all = [
  "proxy_on_context_create",
  "proxy_on_configure",
  "proxy_on_request_headers",
  "proxy_on_response_headers",
  "proxy_log",
  "proxy_get_buffer_bytes",
  "proxy_get_header_map_value",
];

test("a function that the list leaves out links, answers 10 and is named in the log", async () => {
  const { plugin, said, complaints } = await probed(["rh get 0 :path", "rh prop plugin_name"], {
    allowedCapabilities: all,
  });
  roundTrip(plugin);
  assert.deepEqual(said(), ["get 0 :path: 0 /", "prop plugin_name: 10 "]);
  assert.deepEqual(complaints(), ["Attempted call to restricted proxy-wasm capability: proxy_get_property"]);
});

test("a callback that the list leaves out is never called", async () => {
  const without = all.filter((name) => name !== "proxy_on_response_headers");
  const { plugin, said } = await probed(["trace", "sh reply 418 teapot -"], { allowedCapabilities: without });
  const stream = roundTrip(plugin);
  assert.deepEqual(
    said().filter((line) => line.startsWith("cb")),
    ["cb create 2 root=1", "cb rh 2 eos=1 n=3"],
  );
  assert.deepEqual(stream.downstream.headers, [[":status", "200"]]);
});

test("without proxy_on_context_create the stream is unknown to the guest, and filtered all the same", async () => {
  const without = all.filter((name) => name !== "proxy_on_context_create");
  const { plugin, said } = await probed(["trace"], { allowedCapabilities: without });
  roundTrip(plugin);
  assert.ok(!said().some((line) => line.includes("create")));
  assert.equal(plugin.failure, null);
});

test("an empty list restricts nothing", async () => {
  const { plugin, said } = await probed(["rh prop plugin_name"], { allowedCapabilities: [] });
  plugin.open().requestHeaders(get, true);
  assert.deepEqual(said(), ["prop plugin_name: 0 probe"]);
});
