import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fromByteString, toByteString } from "../../../tools/unit/trial/odd-bytes.js";
import { makeProject } from "./project.js";
import type { Project } from "./project.js";

const FILTER = `import { Action, Exchange, HttpFilter, config, register } from "meshscript/assembly";

class Greeting extends HttpFilter {
  greeting: string = config.text("greeting", "hello");

  override onRequest(x: Exchange): Action {
    if (x.request.path == "/boom") throw new Error("told to fail");
    x.request.headers.set("x-greeting", this.greeting);
    return Action.Continue;
  }
}

register<Greeting>();
`;

let project: Project;
before(async () => {
  project = await makeProject({ "filters/greeting/filter.ts": FILTER });
});
after(() => project.remove());

async function run(body: string): Promise<{ ok: boolean; said: string }> {
  const imports = `import "../../filters/greeting/filter";
import { Trial } from "meshscript/assembly/testing";`;
  await project.write({ "tests/unit/greeting.spec.ts": `${imports}\n${body}` });
  return project.runOne("tests/unit/greeting.spec.ts");
}

test("a filter in a folder of its own is driven through the library's callbacks", async () => {
  const { ok, said } = await run(`test("greets", () => {
  const seen = new Trial('{"greeting":"hey"}').get("/");
  expect(seen.upstreamHeader("x-greeting")).toBe("hey");
});`);
  assert.equal(ok, true, said);
});

test("a trap in the filter fails the test, with the filter's file and line", async () => {
  const { ok, said } = await run('test("fails", () => { new Trial().get("/boom"); });');
  assert.equal(ok, false);
  assert.match(said, /fails\n {2}Message: {2}told to fail\n {2}at filters\/greeting\/filter\.ts:7:/);
  assert.match(said, /at tests\/unit\/greeting\.spec\.ts:3:/);
});

test("asking a refused trial says why it was refused", async () => {
  const { said } = await run(`test("fails", () => { new Trial('{"x":1}').get("/"); });`);
  assert.match(said, /this Trial has no filter: x: unknown setting/);
});

test("a property that cannot be set is named with those that can", async () => {
  const { said } = await run('test("fails", () => { new Trial().property("source.colour", "blue"); });');
  assert.match(said, /Trial\.property: cannot set source\.colour/);
});

test("odd bytes survive both ways, and text stays text", () => {
  const bytes =
    Array.from({ length: 256 }, (_, i) => String.fromCharCode(i)).join("") + "\xc3\xa4\xed\xa0\x80";
  assert.equal(toByteString(fromByteString(bytes)), bytes);
  assert.equal(fromByteString("\xc3\xa4\xf0\x9f\x98\x80\xff\xc0\xaf"), "ä😀\udcff\udcc0\udcaf");
  assert.equal(toByteString("ä😀\udcff"), "\xc3\xa4\xf0\x9f\x98\x80\xff");
});
