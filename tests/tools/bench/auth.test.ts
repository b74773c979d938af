import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { test } from "node:test";
import { freshTokens, oneToken, ONE_KEY } from "../../../bench/auth/credentials.js";
import { limitOf } from "../../../bench/auth/limits.js";
import { rightProblems, wrongProblems } from "../../../bench/auth/subjects.js";
import { issuerOf } from "../../../bench/auth/tokens.js";
import type { Algorithm } from "../../../bench/auth/tokens.js";
import { keys, w2, w3 } from "../../../bench/auth/workloads.js";
import { label } from "../../../bench/envoy/rows.js";
import type { EnvoyRow } from "../../../bench/envoy/results.js";
import { verdict } from "../../../bench/limits.js";

const workloads = [...w2(), ...w3(), ...keys()];

test("no Envoy gets more wasm filters than its address space holds under valgrind", () => {
  for (const { rows } of workloads) assert.ok(rows.filter((row) => row.module !== null).length <= 4);
});

test("each row of an Envoy has a name of its own, and something to load", () => {
  for (const { rows } of workloads) {
    assert.equal(new Set(rows.map(label)).size, rows.length);
    for (const row of rows) assert.ok((row.module === null) !== (row.native === undefined), row.name);
  }
});

test("each limit is on a row of its own table, and taken against another one there", () => {
  for (const { rows, bounds } of workloads) {
    const names = rows.map((row) => row.name);
    for (const { row, of } of bounds) assert.ok(names.includes(row) && (!of || names.includes(of)), row);
  }
});

test("each filter of ours and of this repository has a limit", () => {
  for (const { rows, bounds } of workloads) {
    const bound = new Set(bounds.map(({ row }) => row));
    for (const row of rows.filter(({ name }) => name === "meshscript" || name.startsWith("filters/")))
      assert.ok(bound.has(row.name), row.name);
  }
});

const asymmetric: Algorithm[] = ["RS256", "ES256", "EdDSA"];
for (const algorithm of asymmetric) {
  test(`a token by ${algorithm} is what its header says, by the key of the set`, () => {
    const issuer = issuerOf(algorithm);
    const [header, payload, signature] = issuer.token(3).split(".");
    const key = createPublicKey({ key: JSON.parse(issuer.jwks).keys[0], format: "jwk" });
    const text = Buffer.from(`${header}.${payload}`);
    const hash = algorithm === "EdDSA" ? null : "sha256";
    const options = { key, dsaEncoding: "ieee-p1363" } as const;
    assert.ok(verify(hash, text, options, Buffer.from(signature!, "base64url")));
  });
}

test("a token of W3 has the length that its figures are known for", () => {
  assert.equal(issuerOf("HS256").token(0).length, 248);
});

test("fresh tokens come again only after more than any memory holds", () => {
  const { headers } = freshTokens(issuerOf("HS256"));
  const values = Array.from({ length: 1200 }, (_, n) => headers(n)[0]![1]);
  assert.equal(new Set(values).size, 1200);
  assert.deepEqual(headers(1200), headers(0));
});

test("one token is always the same", () => {
  const { headers } = oneToken(issuerOf("HS256"));
  assert.deepEqual(headers(7), headers(0));
});

const answer = (status: number, headers: Record<string, string> = {}) => ({
  status,
  headers: new Map(Object.entries(headers)),
  body: "",
});

test("a filter that refuses the right credentials, or keeps the consumer to itself, is found out", () => {
  assert.deepEqual(rightProblems(answer(200, { "x-echo-consumer": "consumer-57" }), ONE_KEY), []);
  assert.match(rightProblems(answer(401), ONE_KEY).join(), /status 401.*x-consumer is undefined/);
});

test("a filter that lets wrong credentials through is found out", () => {
  assert.deepEqual(wrongProblems(answer(401), 0), []);
  assert.match(wrongProblems(answer(200), 1).join(), /status 200 for wrong credentials 1/);
});

const row = (name: string, added: number): EnvoyRow => ({
  name,
  module: name,
  configuration: "generated",
  cost: { total: { median: added, min: added, max: added }, added },
});

test("a limit is on a share of another row, or on instructions", () => {
  const rows = [row("ours", 80), row("theirs", 100)];
  assert.equal(verdict(limitOf("W", { row: "ours", of: "theirs", atMost: 0.8 }, rows)), "passed");
  assert.equal(verdict(limitOf("W", { row: "ours", of: "theirs", atMost: 0.79 }, rows)), "failed");
  assert.equal(verdict(limitOf("W", { row: "ours", atMost: 80 }, rows)), "passed");
  assert.equal(verdict(limitOf("W", { row: "ours", atMost: 79 }, rows)), "failed");
});

test("a limit whose row could not be measured is skipped, and says why", () => {
  const rows = [row("ours", 80), { ...row("theirs", 1), cost: undefined, missing: "no cargo" } as never];
  const limit = limitOf("W", { row: "ours", of: "theirs", atMost: 1 }, rows);
  assert.equal(verdict(limit), "skipped");
  assert.equal(limit.missing, "no cargo");
});
