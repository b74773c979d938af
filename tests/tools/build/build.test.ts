import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { build, codeSize, readMetadata } from "../../../tools/build/index.js";
import { sections } from "../../../tools/build/wasm.js";
import { ONE_HEADER, buildText, exportsOf, filterText, importsOf, project } from "./project.js";

const READS_TEXT = filterText(`  header: string = config.text("header", "x-key");

  override onRequest(x: Exchange): Action {
    return x.request.headers.get(this.header) == null ? x.reply(401, "no key\\n") : Action.Continue;
  }`);

test("a module exports only the callbacks that its filter overrides, and no lifecycle that it has no use for", async () => {
  assert.deepEqual(exportsOf(await buildText(ONE_HEADER)).sort(), [
    "_initialize",
    "memory",
    "proxy_abi_version_0_2_1",
    "proxy_on_configure",
    "proxy_on_memory_allocate",
    "proxy_on_response_headers",
  ]);
});

test("a module whose plugins can differ exports what tells them apart", async () => {
  const names = exportsOf(await buildText(READS_TEXT));
  assert.ok(names.includes("proxy_on_context_create") && names.includes("proxy_on_delete"));
  assert.ok(!names.includes("proxy_on_response_headers"));
});

test("a module imports only the host functions that it reaches", async () => {
  assert.deepEqual(importsOf(await buildText(ONE_HEADER)).sort(), [
    "env.proxy_get_buffer_bytes",
    "env.proxy_log",
    "env.proxy_replace_header_map_value",
  ]);
});

test("a filter that sets one literal header fits in 1.5 KB", async () => {
  assert.ok(codeSize((await buildText(ONE_HEADER)).binary) <= 1536);
});

test("a filter that reads a header as text, has a setting and can refuse fits in 13 KB", async () => {
  assert.ok(codeSize((await buildText(READS_TEXT)).binary) <= 13 * 1024);
});

test("the same source gives the same bytes, in whatever folder it is built", async () => {
  const [one, other] = [await buildText(READS_TEXT), await buildText(READS_TEXT)];
  assert.deepEqual(one.binary, other.binary);
  assert.equal(readFileSync(one.mapPath, "utf8"), readFileSync(other.mapPath, "utf8"));
});

test("metadata says what the filters of a bundle answer to and whether they keep state", async () => {
  const { binary } =
    await buildText(`import { Action, Exchange, HttpFilter, register } from "meshscript/assembly";
class Timing extends Exchange { began: u64 = 0; }
class First extends HttpFilter { override onRequest(x: Exchange): Action { return Action.Continue; } }
class Second extends HttpFilter<Timing> { override onResponse(x: Timing): Action { return Action.Continue; } }
register<First>("first");
register<Second>("second");
`);
  const common = { kind: "http", settings: false, holdsHeaders: false };
  assert.deepEqual(readMetadata(binary)?.filters, [
    { ...common, className: "First", rootId: "first", stateful: false },
    { ...common, className: "Second", rootId: "second", stateful: true },
  ]);
});

test("functions keep their names, and the source map stands beside the module", async () => {
  const { binary, mapPath } = await buildText(READS_TEXT);
  assert.ok(sections(binary).some((s) => s.name === "name"));
  const map = JSON.parse(readFileSync(mapPath, "utf8"));
  assert.ok(map.sources.some((source: string) => source.endsWith("sample/filter.ts")));
});

test("the source map still fits the code after data was taken out of the module", async () => {
  const { binary, mapPath } = await buildText(READS_TEXT);
  const map = new SourceMap(JSON.parse(readFileSync(mapPath, "utf8")));
  const at = Buffer.from(binary).indexOf(Buffer.from([0x41, 0x91, 0x03]));
  assert.ok(at > 0, "the 401 of the refusal is in the code");
  // The byte before it belongs to the call in the author's line.
  const entry = map.findEntry(0, at - 1) as { originalSource: string; originalLine: number };
  assert.ok(entry.originalSource.endsWith("sample/filter.ts"));
  assert.equal(entry.originalLine + 1, 7);
});

test("a compile error names the file, the line and what is wrong", async () => {
  await assert.rejects(buildText(filterText("  broken: string = 5;")), (error: Error) => {
    assert.match(error.message, /sample\/filter\.ts\(4,\d+\)/);
    assert.match(error.message, /not assignable to type/);
    return true;
  });
});

test("a file that registers no filter is refused with the line that is missing", async () => {
  await assert.rejects(buildText("export const a = 1;\n"), (error: Error & { hint?: string }) => {
    assert.match(error.message, /registers no filter/);
    assert.match(error.hint!, /register<YourFilter>\(\);/);
    return true;
  });
});

test("a misspelt handler with override is a compile error", async () => {
  const text = filterText("  override onRequests(x: Exchange): Action { return Action.Continue; }");
  await assert.rejects(buildText(text), /onRequests/);
});

test("a filter in several files, copied elsewhere, gives the same module", async () => {
  const files = {
    "part/filter.ts": READS_TEXT.replace("import", 'import "./other";\nimport'),
    "part/other.ts": "",
  };
  const folder = project(files);
  const copy = project({});
  cpSync(join(folder, "part"), join(copy, "part"), { recursive: true });
  const [one, other] = await Promise.all(
    [folder, copy].map((f) => build({ entry: join(f, "part"), outDir: join(f, "build") })),
  );
  assert.deepEqual(one!.binary, other!.binary);
});
