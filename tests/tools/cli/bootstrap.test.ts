import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { packageRoot } from "../../../tools/package-root.js";
import { plant } from "../checks/support/tree.js";
import { finished } from "./support/command.js";

/** Notes that it ran, and makes what the real one would. */
const fakeNpm = `#!/bin/sh
echo "npm $1" >> log
[ -e no-network ] && exit 1
mkdir -p node_modules/typescript/bin
echo '{}' > node_modules/.package-lock.json
cp tsc.js node_modules/typescript/bin/tsc
`;
const fakeCompiler = `
const { appendFileSync, mkdirSync, writeFileSync } = require("fs");
appendFileSync("log", "tsc\\n");
mkdirSync("dist/tools", { recursive: true });
writeFileSync("dist/tools/a.js", "");
writeFileSync("dist/tools/b.js", "");
`;

function checkout(t: TestContext): string {
  const root = plant(t, {
    "package.json": "{}",
    "package-lock.json": "{}",
    "tsconfig.json": "{}",
    "tools/a.ts": "",
    "tools/b.ts": "",
    "tsc.js": fakeCompiler,
    "bin/npm": fakeNpm,
  });
  chmodSync(join(root, "bin/npm"), 0o755);
  return root;
}

function prepare(root: string, node = process.versions.node) {
  const module = JSON.stringify(join(packageRoot, "tools/bootstrap/prepare.mjs"));
  const code = `const { prepare } = await import(${module}); await prepare(process.argv[1], process.argv[2]);`;
  const env = { ...process.env, PATH: `${join(root, "bin")}:${process.env.PATH}` };
  return finished(
    spawn(process.execPath, ["--input-type=module", "--eval", code, "--", root, node], { env }),
  );
}

/** What was run, in order. */
function log(root: string): string[] {
  const path = join(root, "log");
  return existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
}

test("a fresh clone is installed and compiled, with progress on standard error only", async (t) => {
  const root = checkout(t);
  const { code, stdout, stderr } = await prepare(root);
  assert.deepEqual([code, stdout, log(root)], [0, "", ["npm ci", "tsc"]]);
  assert.match(stderr, /installing the dependencies \.\.\.\n.*compiling the tools \.\.\.\n/s);
});

test("a second time there is nothing to do and nothing to say", async (t) => {
  const root = checkout(t);
  await prepare(root);
  assert.deepEqual(await prepare(root), { code: 0, stdout: "", stderr: "" });
  assert.deepEqual(log(root), ["npm ci", "tsc"]);
});

test("a changed source is compiled again, without an installation", async (t) => {
  const root = checkout(t);
  await prepare(root);
  appendFileSync(join(root, "tools/a.ts"), "//");
  await prepare(root);
  assert.deepEqual(log(root), ["npm ci", "tsc", "tsc"]);
});

test("what a removed source was compiled to is removed", async (t) => {
  const root = checkout(t);
  await prepare(root);
  rmSync(join(root, "tools/b.ts"));
  writeFileSync(join(root, "node_modules/typescript/bin/tsc"), "");
  await prepare(root);
  assert.deepEqual(
    [existsSync(join(root, "dist/tools/a.js")), existsSync(join(root, "dist/tools/b.js"))],
    [true, false],
  );
});

test("a changed lock file is installed again", async (t) => {
  const root = checkout(t);
  await prepare(root);
  await new Promise((resolve) => setTimeout(resolve, 20));
  writeFileSync(join(root, "package-lock.json"), '{ "a": 1 }');
  await prepare(root);
  assert.deepEqual(log(root), ["npm ci", "tsc", "npm ci", "tsc"]);
});

test("an installation by hand is taken as it is", async (t) => {
  const root = checkout(t);
  mkdirSync(join(root, "node_modules/typescript/bin"), { recursive: true });
  writeFileSync(join(root, "node_modules/.package-lock.json"), "{}");
  writeFileSync(join(root, "node_modules/typescript/bin/tsc"), fakeCompiler);
  await prepare(root);
  assert.deepEqual(log(root), ["tsc"]);
});

test("an installation that fails is told in a sentence, and tried again the next time", async (t) => {
  const root = checkout(t);
  writeFileSync(join(root, "no-network"), "");
  const { code, stderr } = await prepare(root);
  assert.equal(code, 1);
  assert.match(stderr, /installing the dependencies failed\. The network is needed this once/);
  rmSync(join(root, "no-network"));
  assert.equal((await prepare(root)).code, 0);
});

test("two at once install once", async (t) => {
  const root = checkout(t);
  const ran = await Promise.all([prepare(root), prepare(root)]);
  assert.deepEqual(
    [ran.map(({ code }) => code), log(root)],
    [
      [0, 0],
      ["npm ci", "tsc"],
    ],
  );
});

test("a lock whose owner is gone holds nobody up", async (t) => {
  const root = checkout(t);
  mkdirSync(join(root, ".cache/bootstrap.lock"), { recursive: true });
  writeFileSync(join(root, ".cache/bootstrap.lock/pid"), "999999999");
  assert.equal((await prepare(root)).code, 0);
});

test("an old Node is told so before anything is touched", async (t) => {
  const root = checkout(t);
  const { code, stderr } = await prepare(root, "18.20.0");
  assert.deepEqual([code, log(root)], [1, []]);
  assert.match(stderr, /needs Node 20 or newer, and this is 18\.20\.0/);
});
