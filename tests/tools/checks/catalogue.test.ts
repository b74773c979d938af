import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { currentCatalogue } from "../../../tools/checks/catalogue.js";
import { hello, project } from "../cli/support/project.js";
import { places } from "./support/tree.js";

const readme = "filters/README.md";
const place = "<!-- catalogue -->\n<!-- /catalogue -->\n";

test("filters without a place for their catalogue are found", async (t) => {
  const root = project(t, { ...hello, [readme]: "# Filters\n" });
  assert.deepEqual(await places(currentCatalogue, root), [readme]);
});

test("a catalogue that is outdated is found, and mended", async (t) => {
  const root = project(t, { ...hello, [readme]: `# Filters\n\n${place}\nEnd.\n` });
  // That nobody has said what it is like is the other finding.
  assert.deepEqual(await places(currentCatalogue, root), [`${readme}:3`, "filters/hello"]);
  await currentCatalogue.mend!(root);
  assert.deepEqual(await places(currentCatalogue, root), ["filters/hello"]);
  const text = readFileSync(join(root, readme), "utf8");
  assert.match(
    text,
    /\n\| filter .*\n\| -+ .*\n\| \[hello\]\(hello\/README.md\) .*, (none|\d+) required .*\d\.\d +\|\n\n/,
  );
  assert.match(text, /<!-- \/catalogue -->\n\nEnd\.\n$/);
});
