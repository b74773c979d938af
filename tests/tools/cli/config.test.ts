import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { meshscript } from "./support/command.js";
import { hello, project } from "./support/project.js";

test("config prints a bootstrap, and nothing else, to standard output", async (t) => {
  const { code, stdout, stderr } = await meshscript(
    ["config", "filters/hello", "--target", "envoy"],
    project(t, hello),
  );
  assert.deepEqual([code, stderr], [0, ""]);
  const [listener] = parse(stdout).static_resources.listeners;
  const { http_filters } = listener.filter_chains[0].filters[0].typed_config;
  assert.deepEqual(
    http_filters.map(({ name }: { name: string }) => name),
    ["hello", "envoy.filters.http.router"],
  );
  assert.equal(http_filters[0].typed_config.config.vm_config.code.local.filename, "build/hello.wasm");
});
