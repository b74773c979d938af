import assert from "node:assert/strict";
import { test } from "node:test";
import { isBelow, readings } from "../../../tools/fuzz/guards/readings.js";

const disguised: [path: string, as: string][] = [
  ["/public/../admin", "/admin"],
  ["/public/..;/admin", "/admin"],
  ["/public/%2e%2e/admin", "/admin"],
  ["/public/%2e%2e%2fadmin", "/admin"],
  ["/public\\..\\admin", "/admin"],
  ["/%61dmin/x", "/admin/x"],
  ["//admin", "/admin"],
  ["/admin;a=b", "/admin"],
  ["/admin%00", "/admin"],
];
for (const [path, as] of disguised) {
  test(`${path} may be read as ${as}`, () => {
    assert.ok(readings(path).all.includes(as));
    assert.ok(!readings(path).final.every((one) => isBelow(one, "/public")));
  });
}

test("a plain path has one reading, its query none", () => {
  assert.deepEqual(readings("/public/a?x=/admin"), { all: ["/public/a"], final: ["/public/a"] });
});

test("two slashes may be read as one or as two", () => {
  assert.deepEqual([...readings("/public//../admin").final].sort(), ["/admin", "/public/admin"]);
});
