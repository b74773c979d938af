import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { addHeader, headerMap, replaceHeader, serialize } from "../../../bench/guest/header-map.js";
import { allocatorAmong, measureGuest } from "../../../bench/guest/measure.js";
import { profileGuest } from "../../../bench/guest/profile.js";
import { agentOf, USER_AGENT } from "../../../bench/agents.js";
import { buildRaw } from "../../../bench/variants/raw.js";

const folder = mkdtempSync(join(tmpdir(), "meshscript-bench-test-"));
after(() => rmSync(folder, { recursive: true }));
const built = await buildRaw(folder);
const raw = readFileSync("path" in built ? built.path : "");

test("the hand-written W1 costs what wasmtime's fuel says: 41", () => {
  const figures = measureGuest(raw);
  assert.equal(figures.instructions, 41);
  assert.equal(figures.hostCalls, 4);
  assert.equal(figures.callbacks, 3);
  assert.deepEqual(figures.pages, [2, 2, 2]);
});

test("a guest's work shows in the headers", () => {
  const { upstream, client } = measureGuest(raw);
  assert.deepEqual(upstream.entries.at(-1), ["x-seen", USER_AGENT]);
  assert.deepEqual(client.entries.at(-1), ["x-wasm", "ok"]);
  assert.equal(
    client.entries.some(([name]) => name === "x-powered-by"),
    false,
  );
});

test("with new agents no request carries another one's, and all are as long", () => {
  const agents = [0, 1, 9, 10, 22_000].map((n) => agentOf("new", n));
  assert.equal(new Set([...agents, USER_AGENT]).size, 6);
  for (const agent of agents) assert.equal(agent.length, USER_AGENT.length);
  assert.equal(agentOf("same", 7), USER_AGENT);
});

test("a guest sees the new agent of each request", () => {
  const seen = measureGuest(raw, { agents: "new" }).upstream.entries.at(-1)!;
  // Streams are numbered from 2, the root context being 1.
  assert.deepEqual(seen, ["x-seen", agentOf("new", 2 + 22_000 - 1)]);
});

test("a callback that is withheld is not made", () => {
  const figures = measureGuest(raw, { withheld: ["proxy_on_response_headers"] });
  assert.equal(figures.hostCalls, 2);
  assert.equal(figures.callbacks, 2);
});

test("a profile's functions together cost what the whole costs", () => {
  const lines = profileGuest(raw);
  assert.equal(
    lines.reduce((sum, line) => sum + line.instructions, 0),
    41,
  );
});

test("GC objects are told by the function that makes them, or by the heap's where that was inlined", () => {
  assert.equal(
    allocatorAmong(["~lib/rt/itcms/__new", "~lib/rt/tlsf/__alloc"])("~lib/rt/tlsf/__alloc"),
    false,
  );
  assert.equal(allocatorAmong(["~lib/rt/tlsf/__alloc"])("~lib/rt/tlsf/__alloc"), true);
  assert.equal(allocatorAmong([])("assembly/new"), false);
});

test("a header that is replaced has one value, after the others", () => {
  const map = headerMap([
    ["a", "1"],
    ["b", "2"],
    ["a", "3"],
  ]);
  replaceHeader(map, "a", "4");
  assert.deepEqual(map.entries, [
    ["b", "2"],
    ["a", "4"],
  ]);
});

test("a map is handed over as count, lengths, and texts that end in zero", () => {
  const map = headerMap([]);
  addHeader(map, "ab", "c");
  assert.deepEqual([...serialize(map)], [1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0x61, 0x62, 0, 0x63, 0]);
});
