import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../../tools/errors.js";
import { calleesOf } from "../../../tools/manifest/callees.js";
import type { Place } from "../../../tools/manifest/manifest.js";
import { manifest } from "../demo/support/manifest.js";

const here: Place = { address: "127.0.0.1", port: 1, protocol: "http1" };
const there: Place = { ...here, port: 2 };
const calling = (name: string, callees: Record<string, Place>) => ({ ...manifest(name), callees });

test("a chain calls what each of its filters calls", () => {
  const chain = [calling("a", { one: here }), calling("b", { two: there, one: { ...here } })];
  assert.deepEqual(calleesOf(chain), { one: here, two: there });
});

test("two filters that mean different servers by one name are refused by their names", () => {
  const chain = [calling("a", { one: here }), calling("b", { one: there })];
  assert.throws(
    () => calleesOf(chain),
    (error: Error) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.message, "callees: a and b mean different servers by one");
      return true;
    },
  );
});
