import assert from "node:assert/strict";
import { test } from "node:test";
import { parseChallenges } from "../../../tools/pack/challenge.js";

test("a challenge's parameters, quoted or plain, escaped or with commas", () => {
  const header = String.raw`Bearer realm="https://auth.example/token",service=reg, Scope="repository:a:pull,push",x="a\"b"`;
  assert.deepEqual(parseChallenges(header), [
    {
      scheme: "bearer",
      parameters: {
        realm: "https://auth.example/token",
        service: "reg",
        scope: "repository:a:pull,push",
        x: 'a"b',
      },
    },
  ]);
});

test("several challenges in one header", () => {
  assert.deepEqual(parseChallenges('Negotiate, Basic realm="a", Bearer realm="b"'), [
    { scheme: "negotiate", parameters: {} },
    { scheme: "basic", parameters: { realm: "a" } },
    { scheme: "bearer", parameters: { realm: "b" } },
  ]);
});

test("nonsense is no challenge, and takes no time", () => {
  assert.deepEqual(parseChallenges('=", ,,'), []);
  const start = Date.now();
  parseChallenges(`Bearer realm="${"\\a".repeat(50_000)}`);
  parseChallenges(`Bearer ${" ".repeat(50_000)}x`);
  assert.ok(Date.now() - start < 2000);
});
