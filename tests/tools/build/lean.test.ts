import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { build, codeSize } from "../../../tools/build/index.js";
import { packageRoot } from "../../../tools/package-root.js";
import { project } from "./project.js";

interface Lean {
  filter: string;
  /** Code and data in bytes, without names and metadata. */
  atMost: number;
  imports: string[];
  callbacks: string[];
}

const modules: Lean[] = [
  {
    filter: "one-header",
    atMost: 1440,
    imports: ["proxy_get_buffer_bytes", "proxy_log", "proxy_replace_header_map_value"],
    callbacks: ["proxy_on_configure", "proxy_on_response_headers"],
  },
  {
    filter: "text-setting",
    atMost: 12_400,
    imports: [
      "proxy_get_buffer_bytes",
      "proxy_get_header_map_pairs",
      "proxy_get_header_map_value",
      "proxy_log",
      "proxy_send_local_response",
    ],
    callbacks: [
      "proxy_on_configure",
      "proxy_on_context_create",
      "proxy_on_delete",
      "proxy_on_request_headers",
    ],
  },
  {
    filter: "w1-stateful",
    atMost: 11_900,
    imports: [
      "proxy_add_header_map_value",
      "proxy_get_buffer_bytes",
      "proxy_get_header_map_pairs",
      "proxy_get_header_map_value",
      "proxy_log",
      "proxy_remove_header_map_value",
      "proxy_send_local_response",
    ],
    callbacks: [
      "proxy_on_configure",
      "proxy_on_context_create",
      "proxy_on_delete",
      "proxy_on_request_headers",
      "proxy_on_response_headers",
    ],
  },
];

for (const { filter, atMost, imports, callbacks } of modules) {
  test(`${filter}: a filter pays for nothing that it does not use`, async () => {
    const outDir = join(project({}), "build");
    const { binary } = await build({ entry: join(packageRoot, "bench/filters", filter), outDir });
    const module = new WebAssembly.Module(new Uint8Array(binary));
    const exported = WebAssembly.Module.exports(module).map(({ name }) => name);
    assert.deepEqual(
      WebAssembly.Module.imports(module)
        .map(({ name }) => name)
        .sort(),
      imports,
    );
    assert.deepEqual(exported.filter((name) => /^proxy_on_(?!memory)/.test(name)).sort(), callbacks);
    assert.ok(codeSize(binary) <= atMost, `${codeSize(binary)} bytes, at most ${atMost}`);
  });
}
