import assert from "node:assert/strict";
import { test } from "node:test";
import { codeParts, sectionParts, sourceFolder } from "../../../bench/wasm/size-parts.js";
import { readSections, sizeWithoutCustom, withoutCustom } from "../../../bench/wasm/sections.js";
import { moduleOf, OP } from "./support/modules.js";

const bare = moduleOf({ functions: [[], [...OP.nop]] });
const named = moduleOf({ functions: [[], [...OP.nop]], names: ["~lib/rt/tlsf/free", "assembly/entry/run"] });

test("custom sections do not count towards a module's size", () => {
  assert.ok(named.length > bare.length);
  assert.equal(sizeWithoutCustom(named), bare.length);
  assert.deepEqual(Buffer.from(withoutCustom(named)), Buffer.from(bare));
});

test("sections together with the header make the whole module", () => {
  const sum = readSections(named).reduce((total, section) => total + section.size, 8);
  assert.equal(sum, named.length);
});

test("parts are the sections that stay, largest first", () => {
  const parts = sectionParts(named);
  // Section number, length, and for code: count, then 3 and 4 bytes for the two bodies with their lengths.
  assert.deepEqual(parts[0], { name: "code", bytes: 2 + 1 + 3 + 4 });
  assert.deepEqual(
    parts.map((part) => part.name),
    ["code", "exports", "types", "functions", "memory"],
  );
});

test("code is added up by the folder it comes from", () => {
  assert.deepEqual(codeParts(named), [
    { name: "assembly/entry", bytes: 3 },
    { name: "~lib/rt", bytes: 2 },
  ]);
  assert.deepEqual(codeParts(bare), [{ name: "(no name)", bytes: 5 }]);
});

const folders: [name: string, folder: string][] = [
  ["~lib/rt/tlsf/allocateBlock", "~lib/rt"],
  ["~lib/array/Array<~lib/string/String>#push", "~lib/array"],
  ["~lib/meshscript/assembly/abi/text/encode", "assembly/abi"],
  ["assembly/http/headers/Headers#get", "assembly/http"],
  ["filters/headers/filter/Headers#onRequest", "filters/headers/filter"],
  ["~stack_check", "(other)"],
];

for (const [name, folder] of folders) {
  test(`${name} comes from ${folder}`, () => assert.equal(sourceFolder(name), folder));
}

test("what is no module, or is cut off, is refused", () => {
  assert.throws(() => readSections(Buffer.from("<html>!!")), /not a wasm module/);
  assert.throws(() => readSections(bare.subarray(0, bare.length - 1)), /cut off/);
});
