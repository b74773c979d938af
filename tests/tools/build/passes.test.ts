import assert from "node:assert/strict";
import { test } from "node:test";
import { allocationsWithTraffic } from "../../../tools/build/allocations.js";
import { dataSegments, withDataSegments } from "../../../tools/build/data.js";
import { describe, optionTable } from "../../../tools/build/index.js";
import { join } from "node:path";
import { buildText, filterText, ONE_HEADER, project } from "./project.js";

const NEW = "~lib/rt/itcms/__new";
const DECODE = "~lib/meshscript/assembly/abi/text/decode";

function moduleText(functions: Record<string, string[]>, exported: string): string {
  const bodies = Object.entries(functions).map(
    ([name, calls]) => ` (func $${name} (type $0)\n${calls.map((c) => `  (call $${c})\n`).join("")} )\n`,
  );
  return `(module\n (export "${exported}" (func $entry))\n${bodies.join("")})\n`;
}

test("a callback that reaches the allocator makes objects, through however many calls", () => {
  const text = moduleText({ entry: ["a"], a: ["b"], b: [NEW], [NEW]: [] }, "proxy_on_request_headers");
  assert.equal(allocationsWithTraffic(text), "objects");
});

test("a callback that allocates only in decoding makes texts", () => {
  const text = moduleText({ entry: [DECODE], [DECODE]: [NEW], [NEW]: [] }, "proxy_on_request_headers");
  assert.equal(allocationsWithTraffic(text), "texts");
});

test("what only configuring reaches does not count", () => {
  const text = moduleText({ entry: ["a"], a: [NEW], [NEW]: [] }, "proxy_on_configure");
  assert.equal(allocationsWithTraffic(text), "nothing");
});

test("a call through the table counts as a call of each function in it", () => {
  const text = `(module
 (export "proxy_on_request_headers" (func $entry))
 (elem $0 (i32.const 1) $hidden)
 (func $entry (type $0)
  (call_indirect (type $0) (local.get $0))
 )
 (func $hidden (type $0)
  (call $${NEW})
 )
 (func $${NEW} (type $0)
 )
)`;
  assert.equal(allocationsWithTraffic(text), "objects");
});

test("literals stand in the module as finished bytes, and not as the strings they were", async () => {
  const { binary } = await buildText(ONE_HEADER);
  const bytes = Buffer.from(binary);
  assert.ok(bytes.includes("\x07\0\0\0x-hello") && bytes.includes("\x05\0\0\0world"));
  assert.ok(!bytes.includes(Buffer.from("x-hello", "utf16le")));
});

test("a literal name is in lower case, one that HTTP forbids is left to be refused when it is used", async () => {
  const body = (name: string) =>
    filterText(`  override onResponse(x: Exchange): Action {
    x.response.headers.set(${JSON.stringify(name)}, "1");
    return Action.Continue;
  }`);
  assert.ok(Buffer.from((await buildText(body("X-Upper"))).binary).includes("x-upper"));
  const forbidden = Buffer.from((await buildText(body("x bad"))).binary);
  assert.ok(forbidden.includes(Buffer.from("x bad", "utf16le")));
});

test("data of a part of the library that a module does not use is not in it", async () => {
  const firstConstantOfSha256 = Buffer.from("982f8a42", "hex");
  assert.ok(!Buffer.from((await buildText(ONE_HEADER)).binary).includes(firstConstantOfSha256));
  const secret = filterText(`  keys: Secrets = config.secrets("keys");

  override onRequest(x: Exchange): Action {
    return this.keys.match("a") ? Action.Continue : x.reply(401);
  }`).replace("log,", "Secrets,");
  assert.ok(Buffer.from((await buildText(secret)).binary).includes(firstConstantOfSha256));
});

test("data segments survive being taken apart and put together", async () => {
  const { binary } = await buildText(ONE_HEADER);
  const segments = dataSegments(binary);
  assert.ok(segments.length > 3);
  const again = withDataSegments(binary, segments);
  assert.deepEqual(dataSegments(again), segments);
  assert.ok(WebAssembly.validate(again as BufferSource));
  assert.throws(() => dataSegments(Buffer.from("no module")), /not a wasm module/);
});

test("a filter describes its settings: path, type, default, and the comment in front", async () => {
  const head = `class Rule {
  /** Beginning of the path. */
  prefix: string = config.text("prefix");
}`;
  const members = `  /** Header to
   * look at. */
  header: string = config.text("header", "x-a");
  limit: i64 = config.integer("limit", 5, 1, 9);
  /** What applies where. */
  rules: Rule[] = config.list<Rule>("rules");`;
  const folder = project({ "sample/filter.ts": filterText(members, head) });
  const settings = await describe(join(folder, "sample"));
  assert.deepEqual(settings, [
    { path: "header", type: "text", required: false, fallback: "x-a", summary: "Header to look at." },
    { path: "limit", type: "whole number", required: false, fallback: "5", summary: "" },
    {
      path: "rules",
      type: "list of objects",
      required: true,
      fallback: null,
      summary: "What applies where.",
    },
    {
      path: "rules[].prefix",
      type: "text",
      required: true,
      fallback: null,
      summary: "Beginning of the path.",
    },
  ]);
  assert.match(optionTable(settings), /^\| `header` \| text \| `"x-a"` \| Header to look at\. \|$/m);
});
