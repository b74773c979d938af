import assert from "node:assert/strict";
import { test } from "node:test";
import { Emulator, EmulatorError, type Stream } from "../../../tools/emulator/index.js";
import { compile, essentials } from "./support/compile.js";
import { get, post, probed, roundTrip } from "./support/probed.js";

const ok: [string, string][] = [[":status", "200"]];

const wrongOrders: [what: string, message: RegExp, drive: (stream: Stream) => void][] = [
  ["body before headers", /proxy_on_request_body: there were no headers yet/, (s) => s.requestBody("", true)],
  [
    "headers twice",
    /proxy_on_request_headers: there were headers already/,
    (s) => {
      s.requestHeaders(post, false);
      s.requestHeaders(post, false);
    },
  ],
  [
    "body after the end",
    /proxy_on_request_body: the request had ended/,
    (s) => {
      s.requestHeaders(get, true);
      s.requestBody("x", true);
    },
  ],
  [
    "a response without a request",
    /proxy_on_response_headers: there was no request/,
    (s) => s.responseHeaders(ok, true),
  ],
  [
    "a callback after proxy_on_delete",
    /proxy_on_response_headers: the stream was closed/,
    (s) => {
      s.requestHeaders(get, true);
      s.close();
      s.responseHeaders(ok, true);
    },
  ],
  [
    "a second close",
    /closed twice/,
    (s) => {
      s.close();
      s.close();
    },
  ],
];

for (const [what, message, drive] of wrongOrders) {
  test(`objects to ${what}`, async () => {
    const { plugin } = await probed([]);
    assert.throws(() => drive(plugin.open()), { name: "EmulatorError", message });
  });
}

test("objects to a stream of a plugin that was closed", async () => {
  const { plugin } = await probed([]);
  plugin.close();
  assert.throws(() => plugin.open(), EmulatorError);
  assert.throws(() => plugin.close(), EmulatorError);
});

const breaches: [what: string, line: string, message: RegExp, lax: string][] = [
  [
    "an unknown map",
    "rh badmap",
    /^proxy_on_request_headers, context 2: proxy_get_header_map_value: 99/,
    "badmap: 2",
  ],
  ["an unknown log level", "rh log 9 x", /proxy_log: 9 is no log level/, ""],
  ["an unknown buffer", "rh body 9", /proxy_get_buffer_bytes: 9 is no buffer/, "body 9: 2 "],
  ["an unknown stream type", "rh cont 9", /proxy_continue_stream: 9 is no stream type/, "cont 9: 2"],
  ["an action that does not exist", "rh ret 9", /context 2: a callback returned 9/, ""],
  [
    "a response continued before there is one",
    "rh cont 1",
    /no response yet; Envoy would crash/,
    "cont 1: 0",
  ],
  ["a reply after the end", "log reply 401 a b", /the stream is over; Envoy would crash/, "reply 401: 0"],
];

for (const [what, line, message, lax] of breaches) {
  test(`objects to ${what}; where it is not strict it does as Envoy does and says so in the log`, async () => {
    const strict = await probed([line]);
    assert.throws(() => roundTrip(strict.plugin), { name: "EmulatorError", message });
    const { plugin, said, complaints } = await probed([line], { strict: false });
    roundTrip(plugin);
    assert.deepEqual(said(), lax === "" ? [] : [lax]);
    assert.equal(complaints().length, 1);
    assert.equal(plugin.failure, null);
  });
}

test("a pointer outside memory is status 6, and a line in the log", async () => {
  const { plugin, said, complaints } = await probed(["rh badpointer"]);
  roundTrip(plugin);
  assert.deepEqual(said(), ["badpointer: 6"]);
  assert.deepEqual(complaints(), ["proxy_log: a pointer outside the module's memory"]);
});

for (const [what, pointer] of [
  ["lies outside memory", "0x7fffff00"],
  ["is null", "0"],
] as const) {
  test(`objects to a buffer of the module's allocator that ${what}`, async () => {
    const module = await compile(
      essentials.replace("return heap.alloc(n);", `return ${pointer};`) +
        `@external("env", "proxy_get_property") declare function h_prop(p: usize, n: i32, pp: usize, np: usize): i32;
         const slot = memory.data(8);
         export function proxy_on_request_headers(id: i32, n: i32, end: i32): i32 {
           const path = String.UTF8.encode("plugin_name");
           say(h_prop(changetype<usize>(path), path.byteLength, slot, slot + 4).toString());
           return 0;
         }`,
    );
    const strict = new Emulator().load({ module, name: "a" });
    assert.throws(() => roundTrip(strict), {
      name: "EmulatorError",
      message:
        /^proxy_on_request_headers, context 2: proxy_get_property: the module's allocator gave no room/,
    });
    const emulator = new Emulator({ strict: false });
    roundTrip(emulator.load({ module, name: "a" }));
    assert.equal(emulator.logs().at(-1)?.text, "6");
  });
}

test("a host function that the emulator does not offer answers 12 and says its name", async () => {
  const module = await compile(`${essentials}
    @external("env", "envoy_resolve_dns") declare function dns(p: usize, n: i32, out: usize): i32;
    export function proxy_on_configure(id: i32, n: i32): i32 { say(dns(0, 0, 0).toString()); return 1; }`);
  const emulator = new Emulator();
  emulator.load({ module });
  assert.deepEqual(
    emulator
      .logs()
      .slice(0, 2)
      .map((line) => line.text),
    ["envoy_resolve_dns: the emulator does not implement this yet", "12"],
  );
});

test("memory stays flat over many requests, and each buffer that the host asked for was freed", async () => {
  const { plugin } = await probed(["rh get 0 x-long", "rh pairs 0", "sh get 2 :status"]);
  const request: [string, string][] = [...get, ["x-long", "v".repeat(2000)]];
  const round = () => {
    for (let count = 0; count < 300; count++) roundTrip(plugin, request).close();
  };
  round();
  const [pages, allocations] = [plugin.memoryPages(), plugin.allocations()];
  round();
  assert.equal(plugin.memoryPages(), pages);
  // Path, header, pairs and status.
  assert.equal(plugin.allocations() - allocations, 300 * 4);
});

test("a guest that leaks what the host gave it is found out by its memory", async () => {
  const module = await compile(`${essentials}
    @external("env", "proxy_get_header_map_pairs") declare function h_pairs(t: i32, pp: usize, np: usize): i32;
    const slot = memory.data(8);
    export function proxy_on_request_headers(id: i32, n: i32, end: i32): i32 { h_pairs(0, slot, slot + 4); return 0; }`);
  const plugin = new Emulator().load({ module });
  const before = plugin.memoryPages();
  for (let count = 0; count < 300; count++) roundTrip(plugin, [...get, ["x", "v".repeat(2000)]]).close();
  assert.ok(plugin.memoryPages() > before);
});
