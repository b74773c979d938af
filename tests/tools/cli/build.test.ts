import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { meshscript } from "./support/command.js";
import { hello, project } from "./support/project.js";

test("build writes the module and its source map, and says how big it is", async (t) => {
  const folder = project(t, hello);
  const { code, stdout } = await meshscript(["build", "filters/hello", "--out", "here"], folder);
  assert.equal(code, 0);
  assert.match(stdout, /^here\/hello\.wasm {2}\d+ bytes\n$/);
  assert.deepEqual(
    ["hello.wasm", "hello.wasm.map"].map((name) => existsSync(join(folder, "here", name))),
    [true, true],
  );
});

test("a filter that does not compile shows the compiler's message with file and line", async (t) => {
  const { code, stderr } = await meshscript(["build", "a.ts"], project(t, { "a.ts": "\nmissing();\n" }));
  assert.equal(code, 1);
  assert.match(stderr, /Cannot find name 'missing'/);
  assert.match(stderr, /in a\.ts\(2,1\)/);
  assert.doesNotMatch(stderr, /^ +at /m);
});
