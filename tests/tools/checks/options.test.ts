import assert from "node:assert/strict";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { format } from "prettier";
import { optionTables } from "../../../tools/checks/options.js";
import { alignedTable } from "../../../tools/terminal/markdown.js";
import { hello, project } from "../cli/support/project.js";
import { places } from "./support/tree.js";

const readme = "filters/hello/README.md";

test("a README without a place for the table is found", async (t) => {
  const root = project(t, { ...hello, [readme]: "# hello\n" });
  assert.deepEqual(await places(optionTables, root), [readme]);
});

test("a table that is not what the code says is found, and mended", async (t) => {
  const root = project(t, { ...hello, [readme]: "# hello\n\n<!-- options -->\n<!-- /options -->\n\nEnd.\n" });
  assert.deepEqual(await places(optionTables, root), [`${readme}:3`]);
  await optionTables.mend!(root);
  assert.deepEqual(await places(optionTables, root), []);
  const text = readFileSync(join(root, readme), "utf8");
  assert.match(
    text,
    /^# hello\n\n<!-- options -->\n\n\| setting .*\n\| -+ .*\n\| `greeting` .*\n\n<!-- \/options -->\n\nEnd\.\n$/,
  );
});

test("a setting that the code gains makes the table outdated", async (t) => {
  const root = project(t, { ...hello, [readme]: "<!-- options -->\n<!-- /options -->\n" });
  await optionTables.mend!(root);
  appendFileSync(join(root, "filters/hello/filter.ts"), "\n");
  assert.deepEqual(await places(optionTables, root), []);
  const more = hello["filters/hello/filter.ts"]!.replace(
    "greeting:",
    'name: string = config.text("name");\n  greeting:',
  );
  const changed = project(t, {
    ...hello,
    "filters/hello/filter.ts": more,
    [readme]: readFileSync(join(root, readme), "utf8"),
  });
  assert.deepEqual(await places(optionTables, changed), [`${readme}:1`]);
});

test("a table is written as Prettier would", async () => {
  const table = "| a | bbbb |\n| --- | --- |\n| `x` \\| `y` | {sha256: …} |\n";
  assert.equal(alignedTable(table), await format(table, { parser: "markdown" }));
});
