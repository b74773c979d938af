import assert from "node:assert/strict";
import { test } from "node:test";
import { GROUPS, label, RUST, STRING_ROWS } from "../../../bench/envoy/rows.js";

test("no Envoy gets more wasm filters than its address space holds under valgrind", () => {
  for (const group of [...GROUPS.same, ...GROUPS.new])
    assert.ok(group.filter((row) => row.module !== null).length <= 4);
});

test("each row has a name of its own, fit for a listener and a VM", () => {
  const labels = GROUPS.same.flat().map(label);
  assert.equal(new Set(labels).size, labels.length);
  for (const name of labels) assert.match(name, /^[a-zA-Z0-9-]+$/);
});

test("the rows that have a limit, and the one they are compared with, are measured", () => {
  const labels = GROUPS.same.flat().map(label);
  for (const row of [RUST, ...STRING_ROWS]) assert.ok(labels.includes(label(row)), label(row));
});

test("each string filter has a limit in both configurations", () => {
  const configurations = (module: string) =>
    STRING_ROWS.filter((row) => row.module === module).map((row) => row.configuration);
  assert.deepEqual(configurations("w1-string"), ["full callbacks", "generated"]);
  assert.deepEqual(configurations("w1-setting"), ["full callbacks", "generated"]);
});

test("rows with new user agents are compared with Rust under the same requests", () => {
  assert.ok(GROUPS.new.flat().includes(RUST));
});
