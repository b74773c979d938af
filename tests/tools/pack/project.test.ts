import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { annotationsOf, projectOf } from "../../../tools/pack/project.js";
import { folderFor } from "./support/images.js";

const said: Record<string, [manifest: object, known: object]> = {
  "all that there is": [
    { version: "1.2.0", license: "MIT OR Apache-2.0", repository: "github:me/filters" },
    { version: "1.2.0", license: "MIT OR Apache-2.0", source: "https://github.com/me/filters" },
  ],
  nothing: [{}, {}],
  "a repository as an object": [
    { repository: { type: "git", url: "git+https://code.example/me/filters.git" } },
    { source: "https://code.example/me/filters" },
  ],
  "a repository with a password": [{ repository: "https://me:s3cret@code.example/filters" }, {}],
  "a repository that no browser opens": [{ repository: "git@code.example:me/filters.git" }, {}],
  "a license that is a sentence": [{ license: "SEE LICENSE IN LICENSE" }, {}],
  "no license to anybody": [{ license: "UNLICENSED" }, {}],
  "other types": [{ version: 1, license: { type: "MIT" }, repository: 7 }, {}],
};

for (const [what, [manifest, known]] of Object.entries(said)) {
  test(`a package.json that says ${what}`, (t) => {
    const root = folderFor(t);
    const folder = join(root, "filters", "demo");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(root, "package.json"), JSON.stringify(manifest));
    assert.deepEqual(projectOf(folder), { root, ...known });
  });
}

test("annotations say what is known and nothing else", () => {
  assert.deepEqual(annotationsOf({ name: "demo", summary: "Greets." }, { root: "", version: "1.2.0" }), {
    "org.opencontainers.image.title": "demo",
    "org.opencontainers.image.description": "Greets.",
    "org.opencontainers.image.version": "1.2.0",
  });
});
