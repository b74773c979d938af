import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { cleanLibrary } from "../../../tools/checks/compiler.js";
import { places, plant, type Tree } from "./support/tree.js";

const filter = (
  body: string,
) => `import { HttpFilter, Exchange, Action, register } from "meshscript/assembly";
class A extends HttpFilter {
  override onRequest(x: Exchange): Action {
    ${body}
    return Action.Continue;
  }
}
register<A>();
`;

/** Findings in the tree's own files; the library is this repository's. */
async function found(t: TestContext, files: Tree): Promise<string[]> {
  return (await places(cleanLibrary, plant(t, files))).filter((place) => place.startsWith("filters/"));
}

test("a filter that the compiler likes has no findings", async (t) => {
  assert.deepEqual(await found(t, { "filters/a/filter.ts": filter("") }), []);
});

test("the compiler's warnings are findings", async (t) => {
  const wide = filter("const a: u32 = changetype<usize>(x);\n    if (a == 0) return Action.Pause;");
  assert.deepEqual(await found(t, { "filters/a/filter.ts": wide }), ["filters/a/filter.ts:4"]);
});

test("the compiler's errors are findings", async (t) => {
  assert.deepEqual(await found(t, { "filters/a/filter.ts": filter("missing();") }), [
    "filters/a/filter.ts:4",
  ]);
});
