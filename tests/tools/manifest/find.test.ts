import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { UserError } from "../../../tools/errors.js";
import { allManifests, findManifest } from "../../../tools/manifest/find.js";
import { project } from "./folders.js";

const root = project({
  "filters/b-filter/filter.yaml": "name: b-filter\nsummary: B.\n",
  "filters/a-filter/filter.yaml": "name: a-filter\nsummary: A.\n",
  "filters/no-filter/README.md": "nothing\n",
  "elsewhere/c-filter/filter.yaml": "name: c-filter\nsummary: C.\n",
});

test("finds a filter by its name", () => {
  assert.equal(findManifest("a-filter", root).folder, join(root, "filters/a-filter"));
});

test("finds a filter by its folder, relative or absolute", () => {
  assert.equal(findManifest("elsewhere/c-filter", root).name, "c-filter");
  assert.equal(findManifest(join(root, "elsewhere/c-filter"), root).name, "c-filter");
});

test("finds a filter by the path of its manifest", () => {
  assert.equal(findManifest("elsewhere/c-filter/filter.yaml", root).name, "c-filter");
});

test("suggests the name that was meant", () => {
  const error = errorOf(() => findManifest("a-fitler", root));
  assert.match(error.message, /no filter "a-fitler"/);
  assert.equal(error.hint, "Did you mean a-filter?");
});

test("lists the names it knows where none is near", () => {
  assert.match(errorOf(() => findManifest("zzzzzzzz", root)).hint!, /Known filters: a-filter, b-filter/);
});

test("lists all filters of a project by name, and none where there is no folder for them", () => {
  assert.deepEqual(
    allManifests(root).map((manifest) => manifest.name),
    ["a-filter", "b-filter"],
  );
  assert.deepEqual(allManifests(join(root, "elsewhere")), []);
});

function errorOf(act: () => unknown): UserError {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof UserError);
    return error;
  }
  assert.fail("nothing was thrown");
}
