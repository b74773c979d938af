import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { callbacks } from "../../../tools/abi/rows.js";
import { callbackSignatures } from "../../../tools/emulator/abi/signatures.js";
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

/** Each callback that the ABI or Envoy knows. */
const everyCallback = [
  ...new Set([...callbacks.map(({ name }) => name), ...Object.keys(callbackSignatures)]),
  ...["envoy_on_resolve_dns", "envoy_on_stats_update"],
].filter((name) => name !== "proxy_on_memory_allocate" && name !== "proxy_validate_configuration");

for (const name of everyCallback) {
  test(`${name} is on the list of a module that exports it`, async () => {
    const { facts, stateless } = await exporting();
    assert.ok(capabilitiesOf(facts).includes(name));
    const isWithheld = ["proxy_on_context_create", "proxy_on_delete"].includes(name);
    assert.equal(capabilitiesOf(stateless).includes(name), !isWithheld);
  });
}

/** What needs no entry, whatever the list says. */
test("memory, start and version are not on the list", async () => {
  const { facts } = await exporting();
  assert.deepEqual(
    capabilitiesOf(facts).filter((name) => !everyCallback.includes(name)),
    ["proxy_log"],
  );
});

test("a ceiling takes off the list what it leaves no room for", () => {
  const facts = moduleFacts(binary);
  const always = [
    "proxy_log",
    "proxy_on_configure",
    "proxy_on_context_create",
    "proxy_on_delete",
    "proxy_on_log",
  ];
  assert.deepEqual(capabilitiesOf(facts, []), always);
  assert.deepEqual(capabilitiesOf(facts, ["environment"]), ["environ_get", ...always]);
});

let exported: ReturnType<typeof compiledExports> | undefined;

/** What is known of a module that exports every callback, and of the same where its filters keep no state. */
function exporting(): ReturnType<typeof compiledExports> {
  return (exported ??= compiledExports());
}

async function compiledExports(): Promise<Record<"facts" | "stateless", ModuleFacts>> {
  const parameters = (name: string) => (callbackSignatures[name] ?? "i>").split(">")[0]!;
  const functions = everyCallback.map((name) => {
    const list = [...parameters(name)].map((_, at) => `a${at}: i32`).join(", ");
    return `export function ${name}(${list}): void { say(2, "called"); }`;
  });
  const binary = readFileSync(await rawModule(temporaryFolder(), "all", functions.join("\n")));
  return {
    facts: moduleFacts(binary),
    stateless: moduleFacts(withSection(binary, "meshscript", metadata(false))),
  };
}

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
