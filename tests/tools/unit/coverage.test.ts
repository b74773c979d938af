import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ranges } from "../../../tools/unit/coverage/table.js";
import type { SpecReport } from "../../../tools/unit/index.js";
import { makeProject } from "./project.js";
import type { Project } from "./project.js";

// Numbers behind the lines are what should be found: how many statements, and how many of them run.
const FILES = {
  "lib/branches.ts": `export function kind(n: i32): string {
  if (n < 0) return "negative";
  else if (n == 0) {
    return "none";
  }
  switch (n) {
    case 1:
      return "one";
    default:
      break;
  }
  for (let i = 0; i < n; ++i) if (i == 7) return "many";
  while (n > 100) --n;
  return "some";
}
`,
  "lib/generic.ts": `export class Box<T> {
  constructor(public value: T) {}
  get twice(): T[] { return [this.value, this.value]; }
  never(): T {
    return this.value;
  }
}
export function unused<T>(): i32 {
  return 1;
}
`,
  "lib/switch.ts": `export function built(): i32 {
  if (isDefined(FASTER)) return 2;
  return 1;
}
`,
  "lib/start.ts": `export let started = 0;
function start(): void {
  started = 1;
}
start();
`,
  "lib/forgotten.ts": `export function forgotten(): i32 {
  const one = 1;
  return one;
}
`,
  "lib/types.ts": "export enum Colour { Red, Green }\n",
  "a.spec.ts": `import { kind } from "./lib/branches";
import { Box } from "./lib/generic";
import { built } from "./lib/switch";
import { started } from "./lib/start";
test("a", () => {
  expect(kind(-1)).toBe("negative");
  expect(kind(3)).toBe("some");
  expect(new Box<i32>(2).twice).toStrictEqual([2, 2]);
  expect(built()).toBe(1);
  expect(started).toBe(1);
});`,
  "b.spec.ts": `import { kind } from "./lib/branches";
test("b", () => { expect(kind(1)).toBe("one"); });`,
};

let project: Project;
let report: SpecReport;
let text: string;
before(async () => {
  project = await makeProject(FILES);
  ({ report, text } = await project.run({ coverage: ["lib"] }));
});
after(() => project.remove());

const of = (file: string): unknown => report.coverage!.files.find((found) => found.file === `lib/${file}`);

test("statements that no spec ran are found by line, over all specs together", () => {
  assert.deepEqual(of("branches.ts"), {
    file: "lib/branches.ts",
    statements: 12,
    covered: 9,
    missed: [4, 12, 13],
    switched: [],
  });
});

test("a method that was never instantiated counts as missed", () => {
  assert.deepEqual(of("generic.ts"), {
    file: "lib/generic.ts",
    statements: 3,
    covered: 1,
    missed: [5, 9],
    switched: [],
  });
});

test("what only a build switch compiles is missed and named as such", () => {
  assert.deepEqual(of("switch.ts"), {
    file: "lib/switch.ts",
    statements: 3,
    covered: 2,
    missed: [2],
    switched: [2],
  });
  assert.match(text, /only a build switch compiles them.*\n {2}lib\/switch\.ts: 2/);
});

test("a spec can set a build switch", async () => {
  const spec = `// switch: FASTER=1
import { built } from "./lib/switch";
test("faster", () => { expect(built()).toBe(2); });`;
  await project.write({ "faster.spec.ts": spec });
  const { report } = await project.run({ specs: ["faster.spec.ts"], coverage: ["lib/switch.ts"] });
  assert.equal(report.ok, true);
  assert.deepEqual(report.coverage!.files[0]!.missed, [3]);
});

test("code that runs at the start of a module is counted", () => {
  assert.deepEqual(of("start.ts"), {
    file: "lib/start.ts",
    statements: 2,
    covered: 2,
    missed: [],
    switched: [],
  });
});

test("a file that no spec imports shows as 0 %", () => {
  assert.deepEqual(of("forgotten.ts"), {
    file: "lib/forgotten.ts",
    statements: 2,
    covered: 0,
    missed: [2, 3],
    switched: [],
  });
  assert.match(text, /^lib\/forgotten\.ts +2 +0\.0 % {2}2-3$/m);
});

test("the total is the sum, as number and as text", () => {
  const { statements, covered, percent } = report.coverage!;
  assert.deepEqual({ statements, covered }, { statements: 22, covered: 14 });
  assert.equal(percent, (100 * 14) / 22);
  assert.match(text, /^total +22 +63\.6 %$/m);
});

test("specs and folders that are not asked for do not count", async () => {
  const { report } = await project.run({ specs: ["b.spec.ts"], coverage: false });
  assert.equal(report.coverage, null);
});

test("line numbers are drawn together", () => {
  assert.equal(ranges([1, 3, 4, 5, 9]), "1, 3-5, 9");
  assert.equal(ranges([]), "");
});
