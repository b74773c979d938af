import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../../tools/errors.js";
import { originOf, parseName, parseReference } from "../../../tools/pack/reference.js";

const good: [text: string, registry: string, repository: string, tag: string][] = [
  ["registry.example/api-key:1.2.0", "registry.example", "api-key", "1.2.0"],
  ["registry.example:5000/a/b_c/d.e:v1", "registry.example:5000", "a/b_c/d.e", "v1"],
  ["localhost/filters/demo:dev", "localhost", "filters/demo", "dev"],
  ["[::1]:5000/demo:1", "[::1]:5000", "demo", "1"],
];

for (const [text, registry, repository, tag] of good) {
  test(`${text} is an image's place`, () => {
    assert.deepEqual(parseReference(text), { registry, repository, tag });
  });
}

const bad: [text: string, said: RegExp][] = [
  ["registry.example/api-key", /has no tag/],
  ["registry.example/api-key:", /a tag is/],
  ["registry.example/api-key:a b", /a tag is/],
  ["registry.example/Api-Key:1", /no registry\/repository:tag/],
  ["filters/api-key:1", /no registry\/repository:tag/],
  ["api-key:1", /no registry\/repository:tag/],
  ["https://registry.example/api-key:1", /no registry\/repository:tag/],
  ["registry.example//api-key:1", /no registry\/repository:tag/],
  ["registry.example/../api-key:1", /no registry\/repository:tag/],
  ["registry.example/a?b#c:1", /no registry\/repository:tag/],
  ["", /no registry\/repository:tag/],
];

for (const [text, said] of bad) {
  test(`"${text}" is refused with an example`, () => {
    assert.throws(
      () => parseReference(text),
      (error) => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, said);
        assert.match(error.hint!, /:1\.2\.0$/);
        return true;
      },
    );
  });
}

test("credentials in a reference are refused without being shown", () => {
  assert.throws(
    () => parseReference("me:s3cret@registry.example/demo:1"),
    (error: UserError) => !`${error.message}${error.hint}`.includes("s3cret"),
  );
});

test("a hostile reference is judged at once", () => {
  const start = Date.now();
  assert.throws(() => parseReference(`registry.example/${"a-_.".repeat(20_000)}!`));
  assert.ok(Date.now() - start < 1000);
});

test("what an image is called needs no registry", () => {
  assert.deepEqual(parseName("filters/api-key:1.2.0"), { name: "filters/api-key", tag: "1.2.0" });
  assert.deepEqual(parseName("registry.example:5000/demo:1"), {
    ...{ name: "registry.example:5000/demo", tag: "1" },
  });
  assert.throws(() => parseName("demo"), /has no tag/);
  assert.throws(() => parseName("Demo:1"), /in small letters/);
});

const origins: [registry: string, plainHttp: boolean, origin: string][] = [
  ["127.0.0.1:5000", false, "http://127.0.0.1:5000"],
  ["localhost:5000", false, "http://localhost:5000"],
  ["[::1]:5000", false, "http://[::1]:5000"],
  ["registry.example:5000", false, "https://registry.example:5000"],
  ["localhost.example", false, "https://localhost.example"],
  ["127.0.0.1.example", false, "https://127.0.0.1.example"],
  ["registry.example:5000", true, "http://registry.example:5000"],
  ["docker.io", false, "https://registry-1.docker.io"],
];

for (const [registry, plainHttp, origin] of origins) {
  test(`${registry} is asked at ${origin}${plainHttp ? " where the user says so" : ""}`, () => {
    assert.equal(originOf({ registry, repository: "demo", tag: "1" }, plainHttp), origin);
  });
}
