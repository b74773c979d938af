import assert from "node:assert/strict";
import { test } from "node:test";
import { aligned, counted, packed, terminal, widthOf, wrapped } from "../../../tools/terminal/index.js";

const silent = { write: () => {} };
const green = "\x1b[32m";

const colourings: [what: string, output: object, environment: NodeJS.ProcessEnv, isColoured: boolean][] = [
  ["a window is coloured", { isTTY: true }, {}, true],
  ["a pipe is not", {}, {}, false],
  ["NO_COLOR goes before a window", { isTTY: true }, { NO_COLOR: "1" }, false],
  ["FORCE_COLOR colours a pipe", {}, { FORCE_COLOR: "1" }, true],
  ["NO_COLOR goes before FORCE_COLOR", {}, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
  ["a dumb window is not coloured", { isTTY: true }, { TERM: "dumb" }, false],
];

for (const [what, output, environment, isColoured] of colourings) {
  test(what, () => {
    const { colors } = terminal({ ...silent, ...output }, environment);
    assert.equal(colors.green("a").includes(green), isColoured);
  });
}

test("columns line up whatever is coloured, and the last one is not filled up", () => {
  const rows = [
    ["a", `${green}bb\x1b[0m`, "c"],
    ["aaa", "b", ""],
  ];
  assert.deepEqual(
    aligned(rows).map((line) => line.replaceAll(/\x1b\[\d+m/g, "")),
    ["a    bb  c", "aaa  b"],
  );
});

test("pieces are packed into lines of a width", () => {
  const lines = packed(["aaa", "bbb", "ccc", "d".repeat(20)], 10);
  assert.deepEqual(lines, ["aaa  bbb", "ccc", "d".repeat(20)]);
});

test("colours have no width", () => {
  assert.equal(widthOf(`${green}ab\x1b[0m`), 2);
});

test("one thing is not several", () => {
  assert.deepEqual([counted(1, "case"), counted(2, "case")], ["1 case", "2 cases"]);
});

test("text is wrapped between words", () => {
  assert.deepEqual(wrapped("a bb ccc dddddd", 6), ["a bb", "ccc", "dddddd"]);
});
