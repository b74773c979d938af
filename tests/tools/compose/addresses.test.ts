import assert from "node:assert/strict";
import { test } from "node:test";
import { inContainer } from "../../../tools/compose/addresses.js";
import { isNewEnough } from "../../../tools/compose/build/go.js";

test("a container's Envoy is reachable from outside, and sends to the service echo", () => {
  const { listen, admin, upstream } = inContainer({
    chain: [],
    listen: { port: 1 },
    upstream: { port: 2, protocol: "http2" },
  });
  assert.deepEqual(listen, { port: 10000, address: "0.0.0.0" });
  assert.deepEqual(admin, { port: 9901, address: "0.0.0.0" });
  assert.deepEqual(upstream, { port: 8080, address: "echo", protocol: "http2" });
});

test("a Go that is too old for compose is told from one that is not", () => {
  const fits = ["go1.24", "go1.24.13\n", "go1.26.8", "go2.0"];
  const older = ["go1.19.8", "go1.23.4", "devel", ""];
  assert.deepEqual([...fits, ...older].map(isNewEnough), [
    ...fits.map(() => true),
    ...older.map(() => false),
  ]);
});
