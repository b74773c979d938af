import assert from "node:assert/strict";
import { test } from "node:test";
import { documentedSettings } from "../../../tools/build/documentation.js";

const leaf = `export class Leaf extends Middle {
  /** The leaf's own. */
  b: string = config.text("b");
}`;
const middle = `class Middle extends Root {
  /** In the middle. */
  b: string = config.text("b");
  /** In the middle, too. */
  c: string = config.text("c");
}`;
const root = `class Root {
  /** At the root. */
  a: string = text(utf8("a"));
  /** At the root, too. */
  c: string = text(utf8("c"));
}`;

test("settings of a class that others extend are theirs, and what the nearest says of them counts", () => {
  const found = documentedSettings([leaf, middle, root]);
  const own = [...found].filter(([key]) => key.startsWith("Leaf."));
  assert.deepEqual(Object.fromEntries(own), {
    "Leaf.a": "At the root.",
    "Leaf.b": "The leaf's own.",
    "Leaf.c": "In the middle, too.",
  });
});

test("a class that extends one of the library has its own settings only", () => {
  const found = documentedSettings([
    `class Mine extends HttpFilter<Mine> {
    /** Mine. */
    a: string = config.text("a");
  }`,
  ]);
  assert.deepEqual([...found], [["Mine.a", "Mine."]]);
});
