import assert from "node:assert/strict";
import { test } from "node:test";
import { configurationProblems, filterLines, type Speaker } from "../../../tools/envoy/filter-log.js";
import { logReader, type LogLine } from "../../../tools/envoy/log.js";

const keys: Speaker = { name: "api-key", rootId: "", vmId: "api-key-1" };
const headers: Speaker = { name: "headers", rootId: "root: 2", vmId: "headers-1" };
const said = (text: string, level = "info"): LogLine => ({ level, component: "wasm", text });

test("reads lines however the output is cut", () => {
  const log = logReader();
  const mark = log.format.replace("%l|%n|%v", "");
  const output = `${mark}warning|main|one|two\n${mark}error|wasm|three\n`;
  for (const character of output) log.feed(character);
  assert.deepEqual(log.lines(), [
    { level: "warn", component: "main", text: "one|two" },
    { level: "error", component: "wasm", text: "three" },
  ]);
});

test("joins a text of several lines, even one that looks like a line of Envoy's", () => {
  const log = logReader();
  const mark = log.format.replace("%l|%n|%v", "");
  log.feed(`${mark}info|wasm|first\ncritical|main|forged\n`);
  assert.deepEqual(log.lines(), [{ level: "info", component: "wasm", text: "first\ncritical|main|forged" }]);
});

test("keeps what is said before any line", () => {
  const log = logReader();
  log.feed("no such option\n");
  assert.deepEqual(log.lines(), [{ level: "error", component: "main", text: "no such option" }]);
});

test("marks lines anew for each Envoy", () => {
  assert.notEqual(logReader().format, logReader().format);
});

test("drops the oldest lines of a long life", () => {
  const log = logReader();
  const mark = log.format.replace("%l|%n|%v", "");
  for (let line = 0; line < 20_001; line++) log.feed(`${mark}info|wasm|${line}\n`);
  assert.equal(log.lines().length, 10_001);
  assert.equal(log.lines().at(-1)?.text, "20000");
});

test("takes Envoy's prefix off what filters say, with and without the plugin's name", () => {
  const lines = [
    said("wasm log api-key-1: a: b", "warn"),
    said("wasm log api-key api-key-1: c"),
    said("wasm log root: 2 headers-1: d"),
    said("wasm log headers root: 2 headers-1: e"),
    said("Plugin api-key failed to load"),
  ];
  assert.deepEqual(filterLines(lines, [keys, headers]), [
    { level: "warn", text: "a: b", plugin: "api-key" },
    { level: "info", text: "c", plugin: "api-key" },
    { level: "info", text: "d", plugin: "headers" },
    { level: "info", text: "e", plugin: "headers" },
  ]);
});

test("lists each problem of each plugin once, in order", () => {
  const lines = [
    said("wasm log api-key-1: configuration: keys: required"),
    said("wasm log api-key-1: something else"),
    said("wasm log api-key-1: configuration: extra: unknown setting"),
    said("wasm log api-key-1: configuration: keys: required"),
    said("wasm log root: 2 headers-1: configuration: keys: required"),
  ];
  assert.deepEqual(configurationProblems(lines, [keys, headers]), [
    "keys: required",
    "extra: unknown setting",
    "keys: required",
  ]);
});
