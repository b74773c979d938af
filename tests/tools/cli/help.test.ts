import assert from "node:assert/strict";
import { test } from "node:test";
import { packageRoot, packageVersion } from "../../../tools/package-root.js";
import { finished, meshscript, startCommand } from "./support/command.js";

for (const args of [[], ["build"], ["run"], ["test"], ["config"], ["pack"], ["status"]]) {
  test(`meshscript ${[...args, "--help"].join(" ")} shows an example in 80 columns`, async () => {
    const { code, stdout, stderr } = await meshscript([...args, "--help"]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /Example:\n {2}npx meshscript /);
    const wide = stdout.split("\n").filter((line) => line.length > 80);
    assert.deepEqual(wide, []);
  });
}

test("without arguments the command shows its help", async () => {
  const [bare, help] = await Promise.all([meshscript([]), meshscript(["--help"])]);
  assert.deepEqual([bare.code, bare.stdout], [0, help.stdout]);
});

test("a reader that stops early is no fault", async () => {
  const child = startCommand(["--help"], packageRoot);
  child.stdout!.destroy();
  const { code, stderr } = await finished(child);
  assert.deepEqual([code, stderr], [0, ""]);
});

test("--version prints the package's version", async () => {
  assert.equal((await meshscript(["--version"])).stdout, `${packageVersion}\n`);
});

const wrongUses: [args: string[], said: RegExp][] = [
  [["biuld"], /unknown command 'biuld'/],
  [["build"], /missing required argument 'path'/],
  [["build", "no/such/folder"], /no\/such\/folder: no such file or folder/],
  [["run", "api-key", "--fast"], /unknown option '--fast'/],
  [["run", "no-such-filter"], /no filter "no-such-filter"/],
  [["run", "api-key", "--port", "0"], /--port: expected a port from 1 to 65535, got 0/],
  [["run", "api-key", "--upstream", "ftp://a"], /--upstream: ftp:\/\/a is neither a port nor/],
  [["run", "api-key", "--host", "nginx"], /no host "nginx"/],
  [["test", "no-such-file.yaml"], /no-such-file\.yaml: no such file or folder/],
  [["test", "--on", "emulator,nginx"], /--on: no host "nginx"/],
  [["config", "--target", "nginx"], /no target "nginx"/],
  [["config", "filters/api-key"], /required option '--target <target>' not specified/],
  [["config", "--target", "envoy"], /which filters\?/],
  [["config", "filters/api-key", "--target", "envoy", "--check"], /needs --out/],
];

for (const [args, said] of wrongUses) {
  test(`meshscript ${args.join(" ")} is wrong use: exit code 2, no stack`, async () => {
    const { code, stdout, stderr } = await meshscript(args);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, said);
    assert.doesNotMatch(stderr, /^ +at /m);
  });
}
