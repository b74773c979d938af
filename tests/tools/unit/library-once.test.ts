import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import { packageRoot } from "../../../tools/package-root.js";
import { makeProject } from "./project.js";
import type { Project } from "./project.js";

let project: Project;
before(async () => {
  project = await makeProject({});
});
after(() => project.remove());

test("a spec that imports the library by a relative path is refused, and told what to write", async () => {
  const path = relative(project.folder, join(packageRoot, "assembly/abi/enums"));
  await project.write({ "copy.spec.ts": `import { MapType } from "${path}";\ntest("t", () => {});` });
  const { ok, said } = await project.runOne("copy.spec.ts");
  assert.equal(ok, false);
  assert.match(said, /copy\.spec\.ts:1: imports the library by a relative path/);
  assert.match(said, /import from "meshscript\/assembly\/abi\/enums" instead/);
});

test("so is a file that the spec imports", async () => {
  const path = relative(project.folder, join(packageRoot, "assembly/abi/enums.ts"));
  await project.write({
    "copy.spec.ts": 'import { one } from "./helper";\ntest("t", () => { expect(one).toBe(1); });',
    "helper.ts": `export { MapType } from "${path.replace(/\.ts$/, "")}";\nexport const one = 1;`,
  });
  assert.match(
    (await project.runOne("copy.spec.ts")).said,
    /helper\.ts:1: imports the library by a relative path/,
  );
});

test("the package's name resolves where nothing is installed", async () => {
  await project.write({
    "copy.spec.ts": `import { MapType } from "meshscript/assembly/abi/enums";
test("t", () => { expect<i32>(MapType.ResponseHeaders).toBe(2); });`,
  });
  const { ok, said } = await project.runOne("copy.spec.ts");
  assert.equal(ok, true, said);
});
