import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsFor } from "../../../tools/demo/columns.js";
import { planDemo } from "../../../tools/demo/index.js";
import type { Shown } from "../../../tools/demo/play.js";
import { showScene } from "../../../tools/demo/show.js";
import { terminal } from "../../../tools/terminal/index.js";
import { manifest } from "./support/manifest.js";

const scene = { filter: "api-key", summary: "Lets known keys through.", cases: [] };
const columns = { name: 11, request: 11 };
const passing: Shown = {
  name: "a known key",
  request: "GET /orders",
  status: 200,
  upstream: ["GET /orders"],
  answer: null,
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
  answer: "Who are you?\n",
  toUpstream: [],
  toClient: [],
  problems: [],
};

/** The lines below the filter's heading. */
function shown(width: number, ...requests: Shown[]): string[] {
  const lines: string[] = [];
  const output = { columns: width, write: (text: string) => void lines.push(text.slice(0, -1)) };
  showScene(scene, requests, columns, terminal(output, {}));
  assert.equal(lines[0], "\napi-key  Lets known keys through.");
  return lines.slice(1);
}

test("each request is a line in columns, with the changes below it", () => {
  assert.deepEqual(shown(80, passing, refused), [
    "  ✓  a known key  GET /orders  200     GET /orders",
    "       to upstream  -x-api-key  +x-consumer: alice",
    "       to client    ~x-frame: DENY",
    "  ✓  no key       GET /        401     nothing",
    "       answer       Who are you?",
  ]);
});

test("changes that do not fit in one line take several", () => {
  assert.deepEqual(shown(45, passing).slice(1, 3), [
    "       to upstream  -x-api-key",
    "                    +x-consumer: alice",
  ]);
});

test("a request that goes wrong is marked, and says each difference", () => {
  const wrong = { ...refused, answer: null, problems: ["client status: expected 401, saw 200"] };
  assert.deepEqual(shown(80, wrong), [
    "  ✗  no key       GET /        401     nothing",
    "       client status: expected 401, saw 200",
  ]);
});

test("control characters of a value do not reach the terminal", () => {
  const toClient = [{ kind: "added" as const, name: "a", value: "x\x1b[31m\ry" }];
  assert.match(shown(80, { ...passing, toClient })[2]!, /\+a: x\?\[31m\?y$/);
});

test("a long value and a long name are cut to the window", () => {
  const toClient = [{ kind: "added" as const, name: "a", value: "v".repeat(500) }];
  const lines = shown(60, { ...passing, name: "n".repeat(20), toClient });
  assert.match(lines[0]!, /^ {2}✓ {2}n{10}… {2}GET/);
  assert.match(lines[2]!, /v…$/);
  assert.equal(lines[2]!.length, 60);
});

test("columns fit the window; names give way", () => {
  const cases = planDemo([
    manifest("a", {
      requests: [{ name: "n".repeat(50), send: { path: "/orders" }, client: { status: 200 } }],
    }),
  ]);
  assert.deepEqual(columnsFor(cases, 120), { name: 50, request: 11 });
  assert.deepEqual(columnsFor(cases, 80), { name: 80 - 17 - 22, request: 11 });
});
