import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { configurationText, environmentNames, instanceOf } from "../../../tools/manifest/instance.js";
import { readManifest } from "../../../tools/manifest/read.js";
import { project } from "./folders.js";

const manifest = read(`name: f
summary: F.
configuration: { key: { env: KEY } }
environment: [ZONE, KEY]
root_id: r
stream_idle_timeout: 2m
capabilities: [body]
`);

test("hands the configuration over as JSON, and as nothing where there is none", () => {
  assert.deepEqual(JSON.parse(configurationText(manifest)), { key: { env: "KEY" } });
  assert.equal(configurationText(read("name: f\nsummary: F.\n")), "");
});

test("names each variable once: those listed and those referred to", () => {
  assert.deepEqual(environmentNames(manifest), ["KEY", "ZONE"]);
});

test("gives a filter the values of its variables, and no others", () => {
  const instance = instanceOf(manifest, "f.wasm", { KEY: "k", HOME: "/root" });
  assert.deepEqual(instance.environment, { KEY: "k" });
  assert.equal(instance.rootId, "r");
  assert.equal(instance.wasm, "f.wasm");
  assert.deepEqual(instance.options, {
    failurePolicy: "FAIL_RELOAD",
    streamIdleTimeoutMs: 120_000,
    allowOnHeadersStopIteration: false,
    ceiling: ["body"],
  });
});

function read(text: string) {
  return readManifest(join(project({ "filters/f/filter.yaml": text }), "filters/f/filter.yaml"));
}
