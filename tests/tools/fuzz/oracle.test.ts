import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import type { Header } from "../../../tools/emulator/index.js";
import { oracleOf } from "../../../tools/fuzz/oracles/oracle.js";
import { Watch } from "../../../tools/fuzz/oracles/watch.js";

const digest = createHash("sha256").update("hashed-key").digest("hex");
const configuration = JSON.stringify({
  credentials: [
    { key: "test-key-alice", client: "alice" },
    { key: { sha256: digest }, client: "bob" },
  ],
});
const oracle = oracleOf("api-key")!;
const request = (name: string, value: string): Header[] => [[name, value]];

const carriers: [what: string, request: Header[]][] = [
  ["in a header", request("x-api-key", "test-key-alice")],
  ["behind Bearer", request("authorization", "Bearer test-key-alice")],
  ["in a query, in escapes", request(":path", "/?a=b&key=%74est-key-alice")],
  ["in a cookie, in quotes", request("cookie", 'a=b; key="test-key-alice"')],
  ["whose digest is known", request("x-api-key", "hashed-key")],
];
for (const [what, headers] of carriers) {
  test(`a request that carries a key ${what} may pass`, () => {
    assert.ok(oracle.mayPass(configuration, headers, true));
  });
}

test("a request without a key may not pass, and one that only begins with a key may not either", () => {
  assert.ok(!oracle.mayPass(configuration, request("x-api-key", "other"), true));
  assert.ok(!oracle.mayPass(configuration, request("x-api-key", "test-key-alice2"), true));
});

test("where a host cuts texts as it likes, a key within a value counts", () => {
  assert.ok(oracle.mayPass(configuration, request("x", "..test-key-alice.."), false));
});

test("a watch finds a request let through without a key, and a key in a log line", () => {
  const watch = new Watch("api-key");
  watch.configured(Buffer.from(configuration));
  watch.passed(request("x-api-key", "test-key-alice"), true, "here");
  watch.logged(["refused"]);
  assert.throws(() => watch.passed(request("x-api-key", "no"), true, "here"), /let through: here/);
  assert.throws(() => watch.logged(["saw test-key-alice"]), /secret logged/);
});

test("a filter that guards nothing may let everything pass", () => {
  new Watch("headers").passed([], true, "here");
});
