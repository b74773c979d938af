import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { resolveReferences } from "../../../tools/manifest/references.js";
import { project } from "./folders.js";

const folder = project({
  "unix.txt": "s3cret\n",
  "windows.txt": "s3cret\r\n",
  "bare.txt": "s3cret",
  "two.txt": "a\n\n",
});
const digest = (text: string) => ({ sha256: createHash("sha256").update(text).digest("hex") });

for (const file of ["unix.txt", "windows.txt", "bare.txt"]) {
  test(`replaces a reference to ${file} by the digest of its text without the line's end`, () => {
    assert.deepEqual(resolveReferences({ key: { file } }, folder).configuration, { key: digest("s3cret") });
  });
}

test("takes away one line's end only", () => {
  assert.deepEqual(resolveReferences({ key: { file: "two.txt" } }, folder).configuration, {
    key: digest("a\n"),
  });
});

test("finds references at any depth", () => {
  const { configuration, environment } = resolveReferences(
    {
      consumers: [
        { keys: ["k", { file: "bare.txt" }, { env: "B" }] },
        { keys: [{ env: "A" }, { env: "B" }] },
      ],
    },
    folder,
  );
  assert.deepEqual(configuration, {
    consumers: [{ keys: ["k", digest("s3cret"), { env: "B" }] }, { keys: [{ env: "A" }, { env: "B" }] }],
  });
  assert.deepEqual(environment, ["A", "B"]);
});

test("leaves alone what only looks like a reference", () => {
  const configuration = { a: { file: "x", mode: 1 }, b: { file: 1 }, file: "y", env: null, c: [] };
  assert.deepEqual(resolveReferences(configuration, folder), { configuration, environment: [] });
});

test("says which setting names a file that cannot be read", () => {
  assert.throws(
    () => resolveReferences({ users: [{ key: { file: "gone.txt" } }] }, folder),
    /configuration users\[0\]\.key: cannot read the file .*gone\.txt/,
  );
});
