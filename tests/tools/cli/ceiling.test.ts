import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { buildWithin } from "../../../tools/cli/ceiling.js";
import { chainOf } from "../../../tools/cli/chain.js";
import { UserError } from "../../../tools/errors.js";
import { findManifest } from "../../../tools/manifest/find.js";
import { meshscript } from "./support/command.js";
import { project } from "./support/project.js";

/** A filter that does what these statements say with each request. */
function filter(statements: string, head = ""): string {
  return `import { Action, Exchange, HttpFilter, config, log, register } from "meshscript/assembly";
${head}
class Sample extends HttpFilter {
  word: string = config.text("word", "");

  override onRequest(x: Exchange): Action {
    ${statements}
    return Action.Continue;
  }
}

register<Sample>();
`;
}

const silent = filter(`x.request.headers.set("x-word", this.word);`);
const talking = filter(`log.info(this.word);`);
const hidden = filter(`spoken(this.word);`, `let spoken: (text: string) => void = log.info;`);
const answering = filter(`if (this.word == "") return x.reply(403, "no");`);
const remembering = filter(`x.remember("word", x.property("source.address")!);`);

function folderOf(t: TestContext, source: string, manifest: string, more = {}): string {
  return project(t, {
    ...more,
    "filters/sample/filter.ts": source,
    "filters/sample/filter.yaml": `name: sample\nsummary: A sample.\n${manifest}`,
  });
}

async function problemOf(folder: string): Promise<string> {
  const options = { entry: join(folder, "filters/sample"), outDir: join(folder, "out") };
  return buildWithin(options).then(
    () => "built",
    (error: unknown) => {
      if (!(error instanceof UserError)) throw error;
      return [error.message.replaceAll(`${folder}/`, ""), error.hint].join("\n");
    },
  );
}

/** Source, ceiling, what becomes of it. */
const cases: Record<string, [source: string, ceiling: string, outcome: string]> = {
  "what it needs and more": [silent, "[headers, body, calls]", "built"],
  "what a filter that says nothing needs": [silent, "[headers]", "built"],
  "nothing, for a filter of requests": [
    silent,
    "[]",
    `filters/sample/filter.yaml:3: capabilities: sample needs more than nothing
  filters/sample/filter.ts:7: proxy_on_request_headers (HttpFilter.onRequest) belongs to headers
  filters/sample/filter.ts:7: proxy_replace_header_map_value (Headers.set) belongs to headers
Add headers to capabilities, or take out of the filter what needs it.`,
  ],
  "no log, for a filter that logs": [
    talking,
    "[headers]",
    `filters/sample/filter.yaml:3: capabilities: sample needs more than headers
  filters/sample/filter.ts:7: proxy_get_log_level (log.enabled) belongs to log
  filters/sample/filter.ts:7: proxy_log (log.info) belongs to log
Add log to capabilities, or take out of the filter what needs it.`,
  ],
  "no log, for a filter that hides that it logs": [
    hidden,
    "[headers]",
    `filters/sample/filter.yaml:3: capabilities: sample needs more than headers
  filters/sample/filter.ts:7: proxy_get_log_level (log.enabled) belongs to log
  filters/sample/filter.ts:7: proxy_log (log.info) belongs to log
Add log to capabilities, or take out of the filter what needs it.`,
  ],
  "no replies, for a filter that refuses": [
    answering,
    "[headers]",
    `filters/sample/filter.yaml:3: capabilities: sample needs more than headers
  filters/sample/filter.ts:7: proxy_send_local_response (Exchange.reply, Exchange.respond) belongs to replies
Add replies to capabilities, or take out of the filter what needs it.`,
  ],
  "a part of what it needs": [
    remembering,
    "[headers, log]",
    `filters/sample/filter.yaml:3: capabilities: sample needs more than headers, log
  filters/sample/filter.ts:7: proxy_get_property (Context.property) belongs to properties
  filters/sample/filter.ts:7: proxy_set_property (Context.remember) belongs to properties
Add properties to capabilities, or take out of the filter what needs it.`,
  ],
};

for (const [what, [source, ceiling, outcome]] of Object.entries(cases)) {
  test(`a ceiling of ${what}: ${outcome === "built" ? "it is built" : "it is refused"}`, async (t) => {
    const folder = folderOf(t, source, `capabilities: ${ceiling}\n`);
    assert.equal(await problemOf(folder), outcome);
    assert.equal(existsSync(join(folder, "out/sample.wasm")), outcome === "built");
  });
}

test("without a ceiling a filter may need anything", async (t) => {
  assert.equal(await problemOf(folderOf(t, talking, "")), "built");
});

test("a ceiling that comes later refuses a module that is known already", async (t) => {
  const folder = folderOf(t, talking, "");
  assert.equal(await problemOf(folder), "built");
  const path = join(folder, "filters/sample/filter.yaml");
  writeFileSync(path, "name: sample\nsummary: A sample.\ncapabilities: [headers]\n");
  assert.match(await problemOf(folder), /filter\.ts:7: proxy_log \(log\.info\) belongs to log$/m);
});

test("a misspelt ceiling is none, so nothing is built", async (t) => {
  const folder = folderOf(t, silent, "capabilites: [headers]\n");
  assert.match(await problemOf(folder), /capabilites: unknown setting; did you mean capabilities\?/);
});

test("a folder of another name is bounded by its manifest, too", async (t) => {
  const manifest = "name: other\nsummary: A sample.\ncapabilities: []\n";
  const folder = project(t, { "filters/sample/filter.ts": silent, "filters/sample/filter.yaml": manifest });
  assert.match(await problemOf(folder), /filter\.yaml:3: capabilities: sample needs more than nothing/);
});

test("a second manifest beside the source bounds the filter that it is about", async (t) => {
  const folder = folderOf(t, silent, "");
  const path = join(folder, "filters/sample/strict.yaml");
  writeFileSync(path, "name: sample\nsummary: A sample.\ncapabilities: [tcp]\n");
  await assert.rejects(chainOf([findManifest(path, folder)], folder), /strict\.yaml:3: capabilities: sample/);
});

for (const args of [
  ["build", "filters/sample"],
  ["build", "filters/sample/filter.ts"],
  ["run", "sample", "--host", "emulator"],
  ["config", "filters/sample", "--target", "envoy"],
  ["test"],
]) {
  test(`meshscript ${args.join(" ")} ends with 1 and says what is beyond the ceiling`, async (t) => {
    const folder = folderOf(t, talking, "capabilities: [headers]\n", {
      "tests/traffic/sample.yaml": "filter: sample\ncases:\n  - name: any\n    client: { status: 200 }\n",
    });
    const { code, stdout, stderr } = await meshscript(args, folder);
    assert.match(stdout + stderr, /filters\/sample\/filter\.ts:7: proxy_log \(log\.info\) belongs to log\n/);
    assert.equal(code, 1);
  });
}
