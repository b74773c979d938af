import assert from "node:assert/strict";
import { test } from "node:test";
import { meshscript } from "./support/command.js";
import { hello, project } from "./support/project.js";

const target = ["--target", "kong"];
const plugin = `apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: { name: a }
spec: { url: "oci://registry.example/a:1" }
`;

test("validate checks the whole project, says how much that was, and ends well", async (t) => {
  const { code, stdout, stderr } = await meshscript(["validate", ...target], project(t, hello));
  assert.deepEqual([code, stdout, stderr], [0, "1 filter for kong: no problems\n", ""]);
});

test("validate lists problems with file and line, and ends with 1", async (t) => {
  const spoilt = {
    ...hello,
    "filters/hello/filter.yaml": "name: hello\nsummary: Greets.\nconfiguration: { greting: hi }\n",
  };
  const { code, stdout } = await meshscript(["validate", "hello", ...target], project(t, spoilt));
  const problem =
    "filters/hello/filter.yaml:3: configuration.greting: unknown setting; did you mean greeting?\n";
  assert.deepEqual([code, stdout], [1, `${problem}1 filter, 1 chain for kong: 1 problem\n`]);
});

test("validate reads files of resources: several objects each, sorted by line, and what it does not know", async (t) => {
  const folder = project(t, {
    "a.yaml": `${plugin}---\n${plugin.replace("url", "ur")}`,
    "b.yaml": "apiVersion: v1\nkind: Secret\nmetadata: { name: b }\n",
    "c.yaml": `${plugin}  - a\n`,
  });
  const { code, stdout } = await meshscript(["validate", "c.yaml", "b.yaml", "a.yaml"], folder);
  assert.equal(code, 1);
  assert.deepEqual(
    stdout.split("\n").map((line) => line.slice(0, 60)),
    [
      "a.yaml:9: spec.url: required",
      "a.yaml:9: spec.ur: unknown field; did you mean url?",
      "c.yaml:5: A block sequence may not be used as an implicit ma",
      "not checked: b.yaml: no schema for v1/Secret",
      "3 files of resources: 3 problems",
      "",
    ],
  );
});

for (const [what, args, says] of [
  ["a filter that is not there", ["nobody"], 'no filter "nobody"'],
  ["a target that is not there", ["hello", "--target", "itsio"], 'no target "itsio"'],
] as const) {
  test(`validate ends with 2 for ${what}`, async (t) => {
    const { code, stderr } = await meshscript(["validate", ...args], project(t, hello));
    assert.deepEqual([code, stderr.includes(says)], [2, true]);
  });
}

test("validate ends with 2 where there is nothing to validate", async (t) => {
  const { code, stderr } = await meshscript(["validate"], project(t));
  assert.deepEqual(
    [code, stderr.split("\n")[0]],
    [2, "error: nothing to validate: filters/ holds no filter"],
  );
});
