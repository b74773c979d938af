import assert from "node:assert/strict";
import { test } from "node:test";
import { originsOf } from "../../../tools/build/origins.js";

/** Text of a module in which `lines` stand between an import of proxy_log and an export of a request's callback. */
function moduleOf(functions: Record<string, string[]>, table: string[] = []): string {
  const bodies = Object.entries(functions).map(
    ([name, lines]) => ` (func $${name} (param $0 i32)\n${lines.map((line) => `  ${line}\n`).join("")} )\n`,
  );
  return `(module
 (import "env" "proxy_log" (func $~lib/env/proxy_log (param i32)))
 (elem $0 (i32.const 1)${table.map((name) => ` $${name}`).join("")})
 (export "proxy_on_request_headers" (func $~lib/entry/request))
${bodies.join("")})\n`;
}

const ownVoice = "~lib/meshscript/assembly/abi/line/write";
const library = {
  "~lib/log/write": ["(call $~lib/env/proxy_log)"],
  "~lib/log/info": ["(call $~lib/log/write)"],
  [ownVoice]: ["(call $~lib/env/proxy_log)"],
  "~lib/entry/request": ["(call $~lib/filter/onRequest@override)"],
  "~lib/filter/onRequest@override": ["(call $a/filter/A#onRequest)"],
};

/** What the author's file holds beside the library, and where it comes from. */
const cases: Record<string, [own: Record<string, string[]>, origins: Record<string, string>]> = {
  "a call in a handler": [
    {
      "a/filter/A#onRequest": [
        ";;@ a/filter.ts:3:1",
        "(nop)",
        ";;@ a/filter.ts:4:9",
        "(call $~lib/log/info)",
      ],
    },
    { proxy_log: "a/filter.ts:4", proxy_on_request_headers: "a/filter.ts:3" },
  ],
  "a call that an inlined line of the library makes": [
    {
      "a/filter/A#onRequest": [
        ";;@ a/filter.ts:4:9",
        "(nop)",
        ";;@ ~lib/log.ts:9:9",
        "(call $~lib/log/info)",
      ],
    },
    { proxy_log: "a/filter.ts:4", proxy_on_request_headers: "a/filter.ts:4" },
  ],
  "calls in two places": [
    {
      "a/filter/A#onRequest": [";;@ a/filter.ts:10:9", "(call $a/filter/other)"],
      "a/filter/other": [
        ";;@ a/filter.ts:21:9",
        "(call $~lib/log/info)",
        ";;@ a/filter.ts:9:9",
        "(call $~lib/log/write)",
      ],
    },
    { proxy_log: "a/filter.ts:9", proxy_on_request_headers: "a/filter.ts:10" },
  ],
  "a name in quotes": [
    { '"a/filter/A<i32,i32>#run"': [";;@ a/filter.ts:4:9", "(call $~lib/log/info)"] },
    { proxy_log: "a/filter.ts:4" },
  ],
  "what runs when the module starts": [
    { "start:a/filter": [";;@ a/filter.ts:4:9", "(call $~lib/log/info)"] },
    { proxy_log: "a/filter.ts:4" },
  ],
  "what only the library's own lines come to": [
    { "a/filter/A#run": [";;@ a/filter.ts:4:9", `(call $${ownVoice})`] },
    {},
  ],
  "what the library does by itself": [{ "a/filter/A#run": [";;@ a/filter.ts:4:9", "(nop)"] }, {}],
};

for (const [what, [own, origins]] of Object.entries(cases)) {
  test(`${what}: ${JSON.stringify(origins)}`, () => {
    const text = moduleOf({ ...library, ...own });
    assert.deepEqual(originsOf(text, text), origins);
  });
}

test("a call through the table may be one of whatever stands there", () => {
  const own = { "a/filter/A#run": [";;@ a/filter.ts:4:9", "(call_indirect (type $0))"] };
  const text = moduleOf({ ...library, ...own }, ["~lib/log/info"]);
  assert.deepEqual(originsOf(text, text), { proxy_log: "a/filter.ts:4" });
});

test("a call whose place a pass forgot stands where it stood before", () => {
  const before = { "a/filter/A#run": [";;@ a/filter.ts:4:9", "(call $~lib/log/info)"] };
  const after = { "a/filter/A#run": ["(call $~lib/log/info)"] };
  const texts = [after, before].map((own) => moduleOf({ ...library, ...own })) as [string, string];
  assert.deepEqual(originsOf(...texts), { proxy_log: "a/filter.ts:4" });
});

test("a call that a pass put elsewhere is the function's that makes it now", () => {
  const before = { "a/filter/A#run": [";;@ a/filter.ts:3:9", "(call $~lib/between)"] };
  const after = { "a/filter/A#run": ["(call $~lib/log/info)"] };
  const texts = [after, before].map((own) => moduleOf({ ...library, ...own })) as [string, string];
  assert.deepEqual(originsOf(...texts), { proxy_log: "a/filter.ts:3" });
});
