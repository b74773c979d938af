import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { note, toYaml } from "../../../tools/envoy/yaml.js";
import { oddTexts } from "./support/odd-texts.js";

const texts = [...oddTexts, "\u0000"];

for (const version of ["1.1", "1.2"] as const) {
  test(`keeps every text as it is for readers of YAML ${version}`, () => {
    const tree = { list: texts, map: Object.fromEntries(texts.map((text) => [text, text])) };
    assert.deepEqual(parse(toYaml(tree, "heading"), { version }), tree);
  });
}

test("keeps the order of keys and leaves out what is undefined", () => {
  assert.equal(
    toYaml({ b: 1, gone: undefined, a: {}, c: [] }, "two\nlines"),
    "# two\n# lines\n\nb: 1\na: {}\nc: []\n",
  );
});

test("writes a reason above the key it explains", () => {
  const text = toYaml({ outer: { first: 1, second: note("because", { third: true }) } }, "heading");
  assert.match(text, /first: 1\n {2}# because\n {2}second:\n {4}third: true\n$/);
});

test("shows JSON of several lines as a block", () => {
  assert.match(
    toYaml({ value: JSON.stringify({ keys: ["a"] }, null, 2) }, "heading"),
    /value: \|-\n {2}\{\n {4}"keys"/,
  );
});

test("keeps a long text on its line", () => {
  const text = "word ".repeat(60) + "end";
  assert.equal(toYaml({ text }, "heading"), `# heading\n\ntext: ${text}\n`);
});
