import assert from "node:assert/strict";
import { test } from "node:test";
import type { Check } from "../../../tools/checks/check.js";
import { report } from "../../../tools/checks/index.js";
import { terminal } from "../../../tools/terminal/index.js";

const finding = { file: "a.ts", line: 3, message: "is wrong", remedy: "Mend it." };

async function reported(check: Check): Promise<{ isKept: boolean; text: string }> {
  let text = "";
  const screen = terminal({ write: (part) => void (text += part) }, {});
  return { isKept: await report(check, "", screen), text };
}

test("a kept promise is one line", async () => {
  const { isKept, text } = await reported({ name: "all is well", run: () => [] });
  assert.deepEqual([isKept, text], [true, "✓ all is well\n"]);
});

test("a finding says file, line, what and what to do", async () => {
  const { isKept, text } = await reported({ name: "all is well", run: () => [finding] });
  assert.deepEqual([isKept, text], [false, "✗ all is well\n    a.ts:3: is wrong. Mend it.\n"]);
});

test("an advisory check shows its findings and breaks nothing", async () => {
  const { isKept, text } = await reported({ name: "all is well", advisory: true, run: () => [finding] });
  assert.deepEqual([isKept, text.split("\n")[0]], [true, "! all is well"]);
});

test("a check that throws is not kept", async () => {
  const run = () => Promise.reject(new Error("cannot look"));
  const { isKept, text } = await reported({ name: "all is well", run });
  assert.deepEqual([isKept, text], [false, "✗ all is well\n    cannot look.\n"]);
});
