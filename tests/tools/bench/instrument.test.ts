import assert from "node:assert/strict";
import { test } from "node:test";
import { instrument } from "../../../bench/wasm/instrument.js";
import type { Counting } from "../../../bench/wasm/instrument.js";
import { moduleOf, OP } from "./support/modules.js";
import type { ModuleParts } from "./support/modules.js";

/** Instruments a module, runs it once with `argument`, and returns what was counted. */
function count(parts: ModuleParts, argument: number, counting: Counting = {}) {
  const counted = instrument(moduleOf(parts), counting);
  const module = new WebAssembly.Module(Buffer.from(counted.binary));
  const { exports } = new WebAssembly.Instance(module, { env: { host: () => {} } });
  (exports.run as (argument: number) => void)(argument);
  const read = (name: string) => Number((exports[name] as WebAssembly.Global).value);
  return { instructions: counted.instructions.map(read), entries: read(counted.entries) };
}

const countdown = [
  ...OP.loop,
  ...[OP.getLocal(0), OP.i32(1), OP.subtract, OP.teeLocal(0), OP.brIf(0)].flat(),
  ...OP.end,
];

// Each expected count is 1 for entering the function and 1 for each instruction that makes code.
const cases: [name: string, code: readonly number[], argument: number, expected: number][] = [
  ["an empty function costs its entry", [], 0, 1],
  ["nop and drop make no code", [...OP.nop, ...OP.i32(1), ...OP.drop], 0, 2],
  ["a loop costs its body each time round", countdown, 3, 1 + 3 * 5],
  [
    "only the branch taken counts",
    [
      OP.getLocal(0),
      OP.if,
      OP.i32(1),
      OP.drop,
      OP.else,
      OP.i32(1),
      OP.drop,
      OP.i32(2),
      OP.drop,
      OP.end,
    ].flat(),
    1,
    1 + 2 + 1,
  ],
  [
    "so does the other one",
    [
      OP.getLocal(0),
      OP.if,
      OP.i32(1),
      OP.drop,
      OP.else,
      OP.i32(1),
      OP.drop,
      OP.i32(2),
      OP.drop,
      OP.end,
    ].flat(),
    0,
    1 + 2 + 2,
  ],
  [
    "nothing after a branch that leaves counts",
    [OP.block, OP.br(0), OP.i32(1), OP.drop, OP.end, OP.i32(1), OP.drop].flat(),
    0,
    1 + 1 + 1,
  ],
  [
    "a conditional branch taken leaves the rest uncounted",
    [OP.block, OP.getLocal(0), OP.brIf(0), OP.i32(1), OP.drop, OP.end].flat(),
    1,
    1 + 2,
  ],
  [
    "a conditional branch not taken goes on counting",
    [OP.block, OP.getLocal(0), OP.brIf(0), OP.i32(1), OP.drop, OP.end].flat(),
    0,
    1 + 2 + 1,
  ],
  [
    "a branch table counts as one, and nothing after it counts",
    [
      OP.block,
      OP.block,
      OP.getLocal(0),
      OP.brTable([0], 1),
      OP.i32(1),
      OP.drop,
      OP.end,
      OP.i32(1),
      OP.drop,
      OP.end,
    ].flat(),
    1,
    1 + 2,
  ],
  ["nothing after return counts", [...OP.return, ...OP.i32(1), ...OP.drop], 0, 1],
  [
    "filling memory costs its length on top",
    [OP.i32(0), OP.i32(0), OP.getLocal(0), OP.fill].flat(),
    40,
    1 + 4 + 40,
  ],
];

for (const [name, code, argument, expected] of cases) {
  test(`counting instructions: ${name}`, () => {
    assert.deepEqual(count({ functions: [code] }, argument).instructions, [expected]);
  });
}

const callee = [...OP.i32(1), ...OP.drop];
const caller = [OP.getLocal(0), OP.call(1), OP.getLocal(0), OP.call(1), OP.getLocal(0), OP.call(0)].flat();
const calls: ModuleParts = {
  functions: [callee, caller],
  names: ["~lib/rt/itcms/__new", "run"],
  withImports: true,
};

test("calls are followed, and an imported function costs only its call", () => {
  assert.deepEqual(count(calls, 0).instructions, [1 + 6 + 2 * 2]);
});

test("each function can be counted by itself", () => {
  assert.deepEqual(count(calls, 0, { byFunction: true }).instructions, [2 * 2, 1 + 6]);
});

test("entries are counted for the functions watched, by name", () => {
  assert.equal(count(calls, 0, { watch: (name) => name.endsWith("/__new") }).entries, 2);
  assert.equal(count(calls, 0, { watch: () => false }).entries, 0);
});

test("an opcode that is not known is refused, not guessed", () => {
  assert.throws(
    () => instrument(moduleOf({ functions: [[0xfe, 0x00]] }), {}),
    /cannot read wasm opcode 0xfe/,
  );
});
