import assert from "node:assert/strict";
import { test } from "node:test";
import { explain } from "../../../tools/envoy/failure.js";
import type { LogLine } from "../../../tools/envoy/log.js";

const speakers = [{ name: "f", rootId: "", vmId: "f-1" }];
const wasm = (text: string, level = "error"): LogLine => ({ level, component: "wasm", text });
const main = (text: string): LogLine => ({ level: "critical", component: "main", text });
const unloadable = [
  wasm("Plugin f failed to load", "critical"),
  main("error initializing configuration 'a.yaml': Unable to create Wasm plugin f"),
];
const explained = (lines: LogLine[]) =>
  explain(lines, speakers, (text) => text.replaceAll("k-alice", "[redacted]"));

test("gives the reason behind the dump of a configuration, and in the details the dump", () => {
  const dump =
    "error initializing configuration 'a.yaml': goo.gle/debugproto  \nname: \"k-alice\"\n: value length must be 1";
  const { reason, details, refused } = explained([main(dump)]);
  assert.equal(reason, "value length must be 1");
  assert.match(details[0]!, /name: "\[redacted\]"/);
  assert.equal(refused, false);
});

test("gives the reason before a dump on the same line", () => {
  const text = "error initializing configuration 'a.yaml': Unable to parse (no @type 'x'): {\"a\":{\"b\":1}}";
  assert.equal(explained([main(text)]).reason, "Unable to parse (no @type 'x')");
});

test("gives the first cause in the sandbox, not its consequences", () => {
  const lines = [
    wasm("Failed to load Wasm module due to a missing import: env.nope"),
    wasm("Wasm VM failed X"),
  ];
  const { reason, refused } = explained([...lines, ...unloadable]);
  assert.equal(reason, "Failed to load Wasm module due to a missing import: env.nope");
  assert.equal(refused, false);
});

test("gives the filter's own last words where it crashed", () => {
  const lines = [
    wasm("wasm log f-1: abort: k-alice at filter.ts:1:1", "critical"),
    wasm("Function: proxy_on_configure failed: Uncaught RuntimeError: unreachable"),
    wasm("Wasm VM failed Failed to configure base Wasm plugin"),
  ];
  const { reason, refused, problems } = explained([...lines, ...unloadable]);
  assert.equal(reason, "abort: [redacted] at filter.ts:1:1");
  assert.equal(refused, true);
  assert.deepEqual(problems, []);
});

test("lists the problems of a refused configuration", () => {
  const lines = [
    wasm("wasm log f-1: configuration: keys[0]: k-alice is short"),
    wasm("Wasm VM failed Failed to configure base Wasm plugin"),
  ];
  const { refused, problems } = explained([...lines, ...unloadable]);
  assert.equal(refused, true);
  assert.deepEqual(problems, ["keys[0]: [redacted] is short"]);
});

test("gives the crash before its backtrace", () => {
  const trace = (text: string): LogLine => ({ level: "critical", component: "backtrace", text });
  const lines = [trace("Caught Segmentation fault, address 0x0"), trace("#0: main")];
  assert.equal(explained(lines).reason, "Caught Segmentation fault, address 0x0");
});

test("has no reason where nothing was said", () => {
  assert.equal(explained([]).reason, "");
});
