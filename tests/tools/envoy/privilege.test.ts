import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { generateBootstrap } from "../../../tools/envoy/bootstrap.js";
import { needEnvoy } from "../../../tools/envoy/find.js";
import { filterLines } from "../../../tools/envoy/filter-log.js";
import { pluginOfInstance, type Plugin } from "../../../tools/envoy/plugin.js";
import { startEnvoy } from "../../../tools/envoy/process.js";
import { optionsWith } from "./support/plugins.js";
import { rawModule, withSection } from "./support/raw-module.js";
import { instance, temporaryFolder } from "./support/setup.js";

/** Logs each callback, and on a request the status and the text of a property, which Envoy has allocated by us. */
const body = `
@external("env", "proxy_get_property")
declare function property(path: usize, size: i32, at: usize, length: usize): i32;
export function proxy_on_context_create(id: i32, root: i32): void { say(2, "create"); }
export function proxy_on_delete(id: i32): void { say(2, "delete"); }
export function proxy_on_log(id: i32): void { say(2, "log"); }
export function proxy_on_configure(root: i32, size: i32): i32 { say(2, "configure"); return 1; }
export function proxy_on_request_headers(id: i32, count: i32, end: i32): i32 {
  const path = String.UTF8.encode("plugin_name");
  const at = memory.data(4), length = memory.data(4);
  const status = property(changetype<usize>(path), path.byteLength, at, length);
  say(2, "request " + status.toString());
  if (status == 0) say(2, String.UTF8.decodeUnsafe(load<u32>(at), load<u32>(length)));
  return 0;
}`;

const folder = temporaryFolder();
const { path: binary } = await needEnvoy();
const stateful = await rawModule(folder, "stateful", body);
const stateless = join(folder, "stateless.wasm");
writeFileSync(
  stateless,
  withSection(readFileSync(stateful), "meshscript", '{"filters":[{"stateful":false}]}'),
);

test("a module's own list lets all that it has work", async () => {
  const said = await saidDuringRequest(pluginOfInstance(instance(stateful), stateful));
  assert.deepEqual(said, ["configure", "create", "delete", "log", "raw", "request 0"]);
});

test("a stateless module works without the lifecycle of streams, which is not called", async () => {
  const said = await saidDuringRequest(pluginOfInstance(instance(stateless), stateless));
  assert.deepEqual(said, ["configure", "log", "raw", "request 0"]);
});

test("a stateless module without a list gets all its callbacks", async () => {
  const unrestricted = instance(stateless, { options: { fullCallbacks: true } });
  const said = await saidDuringRequest(pluginOfInstance(unrestricted, stateless));
  assert.deepEqual(said, ["configure", "create", "delete", "log", "raw", "request 0"]);
});

test("the list is in force: a function that is not on it fails and does nothing", async () => {
  const plugin = pluginOfInstance(instance(stateless), stateless);
  const capabilities = plugin.capabilities!.filter((name) => name !== "proxy_get_property");
  const said = await saidDuringRequest({ ...plugin, capabilities });
  assert.deepEqual(said, ["configure", "log", "request 10"]);
});

test("two equal filters of a chain both run", async () => {
  const plugin = pluginOfInstance(instance(stateless), stateless);
  const lines = await linesOfRequest([plugin, plugin]);
  assert.equal(lines.filter((text) => text === "request 0").length, 2);
});

async function saidDuringRequest(plugin: Plugin): Promise<string[]> {
  return [...new Set(await linesOfRequest([plugin]))].sort();
}

/** What the chain logged from its start to the end of one request, whose upstream refuses the connection. */
async function linesOfRequest(chain: Plugin[]): Promise<string[]> {
  const options = { chain, listen: { port: 0 }, admin: { port: 0 }, upstream: { port: 9 } };
  const start = await startEnvoy({ binary, bootstrap: generateBootstrap(optionsWith(options)) });
  assert.ok(start.ready);
  const answer = await fetch(`http://127.0.0.1:${start.envoy.port}/`);
  assert.equal(answer.status, 503);
  await answer.text();
  await start.envoy.stop();
  return filterLines(start.envoy.lines(), chain).map((line) => line.text);
}
