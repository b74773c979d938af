import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { kong } from "../../../tools/targets/kong.js";
import { filters, link, meshWith, stamp } from "./support/meshes.js";
import { headingOf } from "./support/resources.js";

test("a chain belongs to a service with a route, and each module has a schema beside it", async () => {
  const one = await link(filters.headers, { configuration: stamp }, kong);
  const { files, modules } = kong.generate(meshWith([one, { ...one, name: "once-more" }]));
  assert.deepEqual(Object.keys(files), ["kong/shop.yaml", "kong/filters/headers.meta.json"]);
  assert.deepEqual(modules, { "kong/filters/headers.wasm": one.wasmPath });
  assert.deepEqual(parse(files["kong/shop.yaml"]!), {
    _format_version: "3.0",
    services: [
      {
        name: "orders",
        protocol: "http",
        host: "orders.store.svc.cluster.local",
        port: 8080,
        routes: [{ name: "orders", paths: ["/"] }],
        filter_chains: [
          {
            name: "shop",
            enabled: true,
            filters: [
              { name: "headers", enabled: true, config: stamp },
              { name: "headers", enabled: true, config: stamp },
            ],
          },
        ],
      },
    ],
  });
  assert.deepEqual(JSON.parse(files["kong/filters/headers.meta.json"]!), {
    config_schema: { type: "object" },
  });
});

test("an upstream that is not on loopback is where requests go", async () => {
  const upstream = { address: "orders.internal", port: 9001, protocol: "http1" as const };
  const { files } = kong.generate(meshWith([await link(filters.headers, {}, kong)], { upstream }));
  const [{ host, port }] = parse(files["kong/shop.yaml"]!).services;
  assert.deepEqual([host, port], ["orders.internal", 9001]);
});

test("the heading names what Kong cannot say", async () => {
  const { files, lost } = kong.generate(
    meshWith([await link(filters.headers, { manifest: { failurePolicy: "FAIL_OPEN" } }, kong)]),
  );
  const heading = headingOf(files["kong/shop.yaml"]!);
  for (const text of lost) assert.ok(heading.includes(`- ${text}`), text);
  assert.ok(lost.includes("FAIL_OPEN: a filter that fails stops the request here."));
});

test("a filter that counts runs there, built without metrics", async () => {
  const counting = await link(filters.counts, {}, kong);
  assert.ok(!counting.module.imports.includes("proxy_define_metric"));
  assert.doesNotThrow(() => kong.generate(meshWith([counting])));
});
