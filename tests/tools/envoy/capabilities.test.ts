import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { capabilitiesOf } from "../../../tools/envoy/capabilities.js";
import { moduleFacts, type ModuleFacts } from "../../../tools/envoy/module.js";
import { rawModule, withSection } from "./support/raw-module.js";
import { temporaryFolder } from "./support/setup.js";

const binary = readFileSync(
  await rawModule(
    temporaryFolder(),
    "busy",
    `@external("wasi_snapshot_preview1", "environ_get") declare function environ(a: usize, b: usize): i32;
    export function proxy_on_context_create(id: i32, root: i32): void {}
    export function proxy_on_delete(id: i32): void {}
    export function proxy_on_log(id: i32): void { say(2, "log"); }
    export function proxy_on_configure(root: i32, size: i32): i32 { return environ(0, 0); }
    export function helper(): void {}`,
  ),
);
const metadata = (...stateful: boolean[]) =>
  JSON.stringify({ sdk: "1", compiler: "1", filters: stateful.map((value) => ({ stateful: value })) });
const all = ["environ_get", "proxy_log", "proxy_on_configure", "proxy_on_context_create", "proxy_on_delete"];

test("lists the imported functions and exported callbacks of a module that says nothing of itself", () => {
  assert.deepEqual(capabilitiesOf(moduleFacts(binary)), [...all, "proxy_on_log"]);
});

test("withholds the lifecycle of streams from a module without per-request state", () => {
  const facts = moduleFacts(withSection(binary, "meshscript", metadata(false, false)));
  assert.deepEqual(capabilitiesOf(facts), ["environ_get", "proxy_log", "proxy_on_configure", "proxy_on_log"]);
});

test("withholds nothing where one filter of a bundle keeps state", () => {
  const facts = moduleFacts(withSection(binary, "meshscript", metadata(false, true)));
  assert.deepEqual(capabilitiesOf(facts), [...all, "proxy_on_log"]);
});

test("withholds nothing from a module that shares state with others in its VM", () => {
  const facts: ModuleFacts = {
    imports: ["proxy_get_shared_data"],
    callbacks: ["proxy_on_context_create"],
    stateless: true,
    holdsHeaders: false,
    metricTags: [],
    kindOf: () => "http",
  };
  assert.deepEqual(capabilitiesOf(facts), ["proxy_get_shared_data", "proxy_on_context_create"]);
});
