import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { belongsTo, groupOf, groups, isWithin, libraryOwn } from "../../../tools/abi/groups.js";
import { beyond, callbacks, hostFunctions } from "../../../tools/abi/rows.js";
import {
  callbackSignatures,
  hostSignatures,
  wasiSignatures,
} from "../../../tools/emulator/abi/signatures.js";
import { packageRoot } from "../../../tools/package-root.js";

/** Looked up by Envoy and by no other host, so no signature of the emulator's. */
const envoyAlone = ["envoy_on_resolve_dns", "envoy_on_stats_update", "proxy_on_memory_allocate"];

const known = [
  ...[hostSignatures, wasiSignatures, callbackSignatures, beyond].flatMap(Object.keys),
  ...[...hostFunctions, ...callbacks].map(({ name }) => name),
  ...envoyAlone,
];

test("each host function and each callback is in one group, and nothing else is", () => {
  const all = Object.values(groups).flatMap(({ names }) => names);
  assert.deepEqual([...all].sort(), [...new Set(known)].sort());
});

test("what a group takes along is in another, and what the library does by itself is in one", () => {
  const along = Object.values(groups).flatMap((group) => group.along ?? []);
  assert.deepEqual(
    [...along, ...libraryOwn].filter((name) => groupOf(name) === undefined),
    [],
  );
});

test("the manifest's schema knows the same groups, in the same order", () => {
  const schema = JSON.parse(readFileSync(join(packageRoot, "docs/schemas/filter.schema.json"), "utf8"));
  assert.deepEqual(schema.properties.capabilities.items.enum, Object.keys(groups));
});

test("the page about least privilege lists each group", () => {
  const page = readFileSync(join(packageRoot, "docs/least-privilege.md"), "utf8");
  const [table] = page.split("## What the security team sees");
  const listed = [...table!.matchAll(/^\| `([a-z-]+)` /gm)].map(([, group]) => group);
  assert.deepEqual(listed, Object.keys(groups));
});

/** Ceiling, name, whether there is room. */
const cases: [ceiling: string[] | null, name: string, room: boolean][] = [
  [null, "proxy_http_call", true],
  [null, "proxy_nobody_knows", true],
  [[], "proxy_on_configure", true],
  [[], "proxy_get_buffer_bytes", true],
  [[], "proxy_on_context_create", true],
  [[], "proxy_continue_stream", true],
  [[], "proxy_log", true],
  [[], "proxy_send_local_response", true],
  [[], "proxy_get_log_level", false],
  [[], "proxy_on_request_headers", false],
  [["headers"], "proxy_on_request_headers", true],
  [["headers"], "proxy_on_request_trailers", false],
  [["headers"], "proxy_nobody_knows", false],
  [["headers"], "proxy_get_current_time_nanoseconds", false],
  [["calls"], "proxy_get_current_time_nanoseconds", true],
  [["calls"], "proxy_get_header_map_value", false],
  [["environment"], "environ_get", true],
];

for (const [ceiling, name, room] of cases) {
  test(`${ceiling === null ? "no ceiling" : `[${ceiling}]`} leaves ${room ? "" : "no "}room for ${name}`, () => {
    assert.equal(isWithin(ceiling, name), room);
  });
}

test("what the library does by itself belongs to a group all the same", () => {
  assert.equal(belongsTo(["headers"], "proxy_log"), false);
  assert.equal(belongsTo(["log"], "proxy_log"), true);
});
