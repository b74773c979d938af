import assert from "node:assert/strict";
import { test } from "node:test";
import type { Shown } from "../../../tools/demo/play.js";
import { showScene } from "../../../tools/demo/show.js";
import { terminal } from "../../../tools/terminal/index.js";

const scene = { filter: "api-key", summary: "Lets known keys through.", cases: [] };
const passing: Shown = {
  name: "a known key",
  request: "GET /orders",
  status: 200,
  upstream: ["GET /orders"],
  toUpstream: [
    { kind: "removed", name: "x-api-key", value: "" },
    { kind: "added", name: "x-consumer", value: "alice" },
  ],
  toClient: [{ kind: "changed", name: "x-frame", value: "DENY" }],
  problems: [],
};
const refused: Shown = {
  name: "no key",
  request: "GET /",
  status: 401,
  upstream: [],
  toUpstream: [],
  toClient: [],
  problems: [],
};

function shown(columns: number, ...requests: Shown[]): string[] {
  const lines: string[] = [];
  const output = { columns, write: (text: string) => void lines.push(text.slice(0, -1)) };
  showScene(scene, requests, terminal(output, {}));
  return lines;
}

test("each request is a line in columns, with the changes below it", () => {
  assert.deepEqual(shown(80, passing, refused), [
    "\napi-key  Lets known keys through.",
    "  ✓  GET /orders  200  upstream saw GET /orders  a known key",
    "     → -x-api-key  +x-consumer: alice  ← ~x-frame: DENY",
    "  ✓  GET /        401  upstream saw nothing      no key",
  ]);
});

test("what does not fit goes to the next line", () => {
  const lines = shown(50, passing);
  assert.deepEqual(lines.slice(1), [
    "  ✓  GET /orders  200  upstream saw GET /orders",
    "     a known key",
    "     → -x-api-key  +x-consumer: alice",
    "     ← ~x-frame: DENY",
  ]);
});

test("a request that goes wrong is marked, and says each difference", () => {
  const wrong = { ...refused, status: 200, problems: ["client status: expected 401, saw 200"] };
  assert.deepEqual(shown(80, wrong).slice(1), [
    "  ✗  GET /  200  upstream saw nothing  no key",
    "     client status: expected 401, saw 200",
  ]);
});

test("control characters of a value do not reach the terminal", () => {
  const toClient = [{ kind: "added" as const, name: "a", value: "x\x1b[31m\r" }];
  assert.match(shown(80, { ...refused, toClient })[2]!, /\+a: x\?\[31m\?$/);
});

test("a long value is cut to the window", () => {
  const toClient = [{ kind: "added" as const, name: "a", value: "v".repeat(500) }];
  const line = shown(60, { ...refused, toClient })[2]!;
  assert.equal(line.length, 60);
  assert.match(line, /v…$/);
});
