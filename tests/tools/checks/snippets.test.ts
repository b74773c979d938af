import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { snippetsIn, workingSnippets } from "../../../tools/checks/snippets.js";
import { packageRoot } from "../../../tools/package-root.js";
import { places, plant } from "./support/tree.js";

const filter = (body: string) => `\`\`\`ts filters/a/filter.ts
import { HttpFilter, Exchange, Action, register } from "meshscript/assembly";
class A extends HttpFilter {
  override onRequest(x: Exchange): Action {
    ${body}
  }
}
register<A>();
\`\`\`
`;
const spec = (status: number) => `\`\`\`ts tests/unit/a.spec.ts
import "../../filters/a/filter";
import { Trial } from "meshscript/assembly/testing";
test("replies", () => {
  expect(new Trial().get("/").status).toBe(${status});
});
\`\`\`
`;

/** A checkout with one page, and this repository's library. */
function page(t: TestContext, text: string): string {
  const root = plant(t, { "docs/a.md": text });
  for (const name of ["assembly", "package.json", "node_modules"])
    symlinkSync(join(packageRoot, name), join(root, name));
  return root;
}

test("code that compiles and whose spec passes is fine", async (t) => {
  const text = `# Page\n${filter("return x.reply(418);")}\n${spec(418)}`;
  assert.deepEqual(await places(workingSnippets, page(t, text)), []);
});

test("a filter that does not compile is found", async (t) => {
  assert.deepEqual(await places(workingSnippets, page(t, `# Page\n\n${filter("return missing;")}`)), [
    "docs/a.md:7",
  ]);
});

test("a spec that fails is found", async (t) => {
  const text = `${filter("return x.reply(418);")}${spec(200)}`;
  assert.deepEqual(await places(workingSnippets, page(t, text)), ["docs/a.md:10"]);
});

test("a traffic case that fails is found", async (t) => {
  const manifest = "```yaml filters/a/filter.yaml\nname: a\nsummary: Replies.\n```\n";
  const cases =
    "```yaml tests/traffic/a.yaml\nfilter: a\ncases: [{ name: x, client: { status: 200 } }]\n```\n";
  const root = page(t, `${cases}${manifest}${filter("return x.reply(418);")}`);
  assert.deepEqual(
    await places(workingSnippets, root),
    ["docs/a.md:1", "docs/a.md:1"],
    "once for each protocol",
  );
});

test("code that stands for no file is found", async (t) => {
  assert.deepEqual(await places(workingSnippets, page(t, "\n```ts\nlet a = 1;\n```\n")), ["docs/a.md:2"]);
});

test("other blocks with a path are files of the page's project", () => {
  const text = "```yaml tests/traffic/a.yaml\nfilter: a\n```\n```sh\nls\n```\n";
  assert.deepEqual(snippetsIn(text), [{ path: "tests/traffic/a.yaml", code: "filter: a\n", line: 1 }]);
});
