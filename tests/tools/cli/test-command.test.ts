import assert from "node:assert/strict";
import { test } from "node:test";
import { meshscript } from "./support/command.js";
import { hello, project } from "./support/project.js";

const spec = (greeting: string) => `import "../../filters/hello/filter";
import { Trial } from "meshscript/assembly/testing";

describe("hello", () => {
  test("greets", () => {
    expect(new Trial(\`{"greeting":"hi"}\`).get("/").header("x-greeting")).toBe("${greeting}");
  });
});
`;
const traffic = (greeting: string) => `filter: hello
config: { greeting: good evening }
cases:
  - name: greets
    protocol: http1
    client: { headers: { x-greeting: ${greeting} } }
`;
const onEmulator = ["test", "--on", "emulator"];

test("specs and traffic cases of a folder are run, and counted together", async (t) => {
  const files = {
    ...hello,
    "tests/unit/hello.spec.ts": spec("hi"),
    "tests/traffic/hello.yaml": traffic("good evening"),
  };
  const { code, stdout } = await meshscript(onEmulator, project(t, files));
  assert.equal(code, 0, stdout);
  assert.match(stdout, /tests\/unit\/hello\.spec\.ts {2}1 test/);
  assert.match(stdout, /tests\/traffic\/hello\.yaml {2}1\n/);
  assert.match(stdout, /\n2 passed, 0 failed\n$/);
});

test("a failing case is shown with file, line and difference", async (t) => {
  const files = { ...hello, "tests/traffic/hello.yaml": traffic("good night") };
  const { code, stdout } = await meshscript(onEmulator, project(t, files));
  assert.equal(code, 1);
  assert.match(
    stdout,
    /FAILED tests\/traffic\/hello\.yaml:4 greets \(emulator, http1\)\n.*x-greeting: expected "good night", saw "good evening"/,
  );
  assert.match(stdout, /\n0 passed, 1 failed\n$/);
});

test("a failing spec is a failure", async (t) => {
  const files = { ...hello, "tests/unit/hello.spec.ts": spec("ho") };
  const { code, stdout } = await meshscript(onEmulator, project(t, files));
  assert.deepEqual([code, stdout.split("\n").at(-2)], [1, "0 passed, 1 failed"]);
});

test("a spec that does not compile is a failure", async (t) => {
  const { code, stdout } = await meshscript(onEmulator, project(t, { "tests/unit/a.spec.ts": "missing();" }));
  assert.deepEqual([code, stdout.split("\n").at(-2)], [1, "0 passed, 1 failed"]);
});

const withFloor = (floor: number) => ({
  ...hello,
  "package.json": JSON.stringify({ meshscript: { coverageFloor: floor } }),
  "filters/hello/unused.ts":
    "export function unused(): void {\n  trace('never');\n  trace('run');\n  trace('at all');\n}\n",
  "tests/unit/hello.spec.ts": spec("hi"),
});

test("coverage under the floor of package.json is a failure", async (t) => {
  const { code, stdout } = await meshscript(onEmulator, project(t, withFloor(90)));
  assert.equal(code, 1, stdout);
  assert.match(stdout, /coverage is under the floor of 90 % that package\.json sets/);
  assert.match(stdout, /\n1 passed, 1 failed\n$/);
});

test("coverage over the floor is none", async (t) => {
  const { code, stdout } = await meshscript(onEmulator, project(t, withFloor(10)));
  assert.equal(code, 0, stdout);
});

test("an Envoy that cannot be used is a failure, not silence", async (t) => {
  const folder = project(t, { ...hello, "tests/traffic/hello.yaml": traffic("good evening") });
  const { code, stdout, stderr } = await meshscript(["test", "--on", "emulator,envoy"], folder, {
    ENVOY_BIN: "no-envoy",
  });
  assert.equal(code, 1, stderr);
  assert.match(stdout, /not played: ENVOY_BIN is no-envoy/);
  assert.match(stdout, /\n1 passed, 1 failed\n$/);
});
