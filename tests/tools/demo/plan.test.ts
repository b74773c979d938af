import assert from "node:assert/strict";
import { test } from "node:test";
import { planDemo } from "../../../tools/demo/index.js";
import { UserError } from "../../../tools/errors.js";
import { manifest } from "./support/manifest.js";

const client = { status: 200 };
const key = manifest("key", {
  pass: { headers: { "x-key": "good" } },
  requests: [
    { name: "with a key", send: { headers: { "x-key": "good" } }, client },
    { name: "without", send: {}, client: { status: 401 } },
  ],
});
const plain = manifest("plain", {
  requests: [{ name: "passes", send: { headers: [["x-a", "1"]] }, client }],
});

/** The header lines of each request that the plan makes, without the host. */
function lines(...chain: ReturnType<typeof manifest>[]): string[][] {
  const cases = planDemo(chain).flatMap((scene) => scene.cases);
  return cases.map((one) =>
    one.send.lines.filter(([name]) => name !== "host").map((line) => line.join(": ")),
  );
}

test("a request carries what gets it past the other filters, not past its own", () => {
  assert.deepEqual(lines(key, plain), [["x-key: good"], [], ["x-a: 1", "x-key: good"]]);
});

test("what a request says itself goes before what another filter asks for", () => {
  const own = manifest("own", {
    requests: [{ name: "bad key", send: { headers: { "X-Key": "bad" } }, client }],
  });
  assert.deepEqual(lines(key, own).at(-1), ["X-Key: bad"]);
});

test("a filter without a demo has a scene without requests", () => {
  assert.deepEqual(planDemo([manifest("silent")])[0]!.cases, []);
});

test("a request that is none is the user's mistake, with its place", () => {
  const broken = manifest("broken", {
    requests: [{ name: "x", send: { body: "a", chunks: ["b"] }, client } as never],
  });
  assert.throws(
    () => planDemo([broken]),
    (error: Error) => {
      assert.ok(error instanceof UserError);
      return /filters\/broken\/filter\.yaml: demo\.requests\[0\]/.test(error.message);
    },
  );
});
