import assert from "node:assert/strict";
import { test } from "node:test";
import { get } from "./support/probed.js";
import { message, spelled } from "./support/messages.js";
import { agrees, answers, asked, served } from "./support/services.js";

const set = (path: string, value: string, span = 0) =>
  `foreign set_envoy_filter_state ${spelled(message({ 1: path, 2: value, 3: span }))}`;
const read = (path: string) => `prop filter_state.${path.replaceAll(".", "!")}`;

/** Kind, text, what Envoy 1.40 says to it, and what is read back then. */
const objects: [kind: string, text: string, status: number, read: string][] = [
  ["envoy.string", "v", 0, "0 v"],
  ["envoy.hashable_string", "", 0, "0 "],
  ["envoy.bool", "1", 0, "0 true"],
  ["envoy.bool", "x", 2, "1 (untouched)"],
  ["envoy.network.ip", "1.2.3.4", 0, "0 1.2.3.4:0"],
  ["envoy.network.ip", "::1", 0, "0 [::1]:0"],
  ["envoy.network.ip", "1.2.3.4:5", 2, "1 (untouched)"],
  ["envoy.network.application_protocols", "h2", 0, "1 (untouched)"],
  ["envoy.ratelimit.hits_addend", "3", 0, "0 3"],
  ["envoy.ratelimit.hits_addend", "99999999999", 2, "1 (untouched)"],
  ["envoy.tcp_proxy.disable_tunneling", "x", 0, "0 false"],
  ["envoy.upstream.dynamic_port", "70000", 0, "0 70000"],
  ["envoy.ai.llm_protocol.request", "x", 2, "1 (untouched)"],
  ["envoy.network.transport_socket.http_11_proxy.info", "x", 2, "1 (untouched)"],
  ["envoy.network.transport_socket.http_11_proxy.info", "a.com,1.2.3.4:80", 0, "1 (untouched)"],
  ["foo", "x", 1, "1 (untouched)"],
];

for (const [kind, text, status, shown] of objects) {
  test(`${kind} is made of ${JSON.stringify(text)} as in Envoy`, async () => {
    assert.deepEqual(await answers(`${set(kind, text)}\n${read(kind)}`), [
      `foreign set_envoy_filter_state: ${status} `,
      `${read(kind)}: ${shown}`,
    ]);
  });
}

test("an address has its parts", async () => {
  const name = "envoy.filters.listener.original_dst.local_ip";
  const [said, expected] = await agrees(`
    ${set(name, "1.2.3.4:5")} -> 0 
    ${read(name)} -> 0 %00%00%00%00
    ${read(name)}.ip -> 0 1.2.3.4
    ${read(name)}.port -> 0 %05%00%00%00%00%00%00%00
    ${read(name)}.nope -> 1 (untouched)
    ${set(name, "1.2.3.4")} -> 2 
  `);
  assert.deepEqual(said, expected);
});

test("an object of another life span is left as it is, an unknown span is the shortest", async () => {
  const [said, expected] = await agrees(`
    ${set("envoy.string", "a")} -> 0 
    ${set("envoy.string", "b", 1)} -> 0 
    ${read("envoy.string")} -> 0 a
    ${set("envoy.string", "c", 9)} -> 0 
    ${read("envoy.string")} -> 0 c
  `);
  assert.deepEqual(said, expected);
});

test("there is no filter state outside of streams", async () => {
  const { plugin, said } = await served(
    `tick ${set("envoy.string", "a")}\ntick setprop who x\ntick prop who`,
  );
  plugin.tick();
  assert.deepEqual(said(), [
    "foreign set_envoy_filter_state: 1 ",
    "setprop who: 1",
    "prop who: 1 (untouched)",
  ]);
});

const declare = (fields: Parameters<typeof message>[0]) =>
  `foreign declare_property ${spelled(message(fields))}`;

test("a property is of the type that its plugin declared", async () => {
  const struct = "%0a%0b%0a%01a%12%06%1a%04text";
  const dialogue: [operation: string, answer: string][] = [
    ["setprop raw %00x", "0"],
    ["cel type(raw) == bytes", "0 %01"],
    ["setprop text hello", "0"],
    ["prop text", "0 hello"],
    ["cel text + '!'", "0 hello!"],
    ["cel filter_state['wasm.text'] == 'hello'", "0 %01"],
    ["setprop once 1", "0"],
    ["setprop once 2", "2"],
    ["prop once", "0 1"],
    ["setprop wrapped %0a%01x", "0"],
    ["prop wrapped", "0 %0a%01x"],
    ["prop wrapped.value", "1 (untouched)"],
    ["cel wrapped == 'x'", "0 %01"],
    [`setprop struct ${struct}`, "0"],
    ["prop struct.a", "0 text"],
    ["prop struct.b", "1 (untouched)"],
    ["cel struct.a", "0 text"],
    ["setprop unknown x", "0"],
    ["prop unknown", "0 x"],
    ["cel unknown", "10 "],
    ["setprop other x", "0"],
    ["cel type(other) == bytes", "0 %01"],
    ["cel other == 'x'", "0 %00"],
  ];
  const declarations = [
    declare({ 1: "text", 3: 1 }),
    declare({ 1: "once", 2: 1 }),
    declare({ 1: "wrapped", 3: 3, 4: "type.googleapis.com/google.protobuf.StringValue" }),
    declare({ 1: "struct", 3: 3, 4: "type.googleapis.com/google.protobuf.Struct" }),
    declare({ 1: "unknown", 3: 3, 4: "type.googleapis.com/nope.Nope" }),
  ];
  const script = [...declarations.map((line) => `conf ${line}`), ...dialogue.map(([line]) => `rh ${line}`)];
  const { plugin, said } = await served(script.join("\n"));
  plugin.open().requestHeaders(get, true);
  assert.deepEqual(
    said().map((line) => line.slice(line.lastIndexOf(": ") + 2)),
    dialogue.map(([, answer]) => answer),
  );
});

test("a property is declared once, and what a stream declares has no effect", async () => {
  const script = [
    declare({ 1: "p", 3: 1 }),
    declare({ 1: "p" }),
    "setprop p x",
    "cel type(p) == string",
    declare({}),
  ];
  const { plugin, said } = await served(asked([...script, "foreign declare_property %ff"].join("\n")));
  plugin.open().requestHeaders(get, true);
  assert.deepEqual(
    said().map((line) => line.slice(line.lastIndexOf(": ") + 2)),
    ["0 ", "2 ", "0", "0 %00", "0 ", "2 "],
  );
});

test("the first value decides on the type", async () => {
  const { plugin, said } = await served(
    `tick ${declare({ 1: "late", 3: 1 })}\nrh setprop late 1\nrh cel type(late) == string\nsh setprop late 2\nsh cel type(late) == string`,
  );
  const early = plugin.open();
  early.requestHeaders(get, true);
  plugin.tick();
  early.responseHeaders([[":status", "200"]], true);
  plugin.open().requestHeaders(get, true);
  const types = said().filter((line) => line.startsWith("cel"));
  assert.deepEqual(
    types.map((line) => line.slice(line.lastIndexOf(": ") + 2)),
    ["0 %00", "0 %00", "0 %01"],
  );
  assert.equal(early.filterState.get("wasm.late"), "2");
});
