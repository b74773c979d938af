import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { snippetsIn } from "../../../tools/checks/snippets.js";
import { packageRoot } from "../../../tools/package-root.js";
import { printed } from "./support/command.js";
import { withoutEnvoy } from "./support/envoy.js";

const execute = promisify(execFile);

/** The part of the README that takes a stranger from an empty folder to a filter in Envoy. */
const section = /^## Your first filter$([\s\S]*?)(?=^## )/m;

test(
  "what the README says about a first filter works in an empty folder, with the packed package",
  { skip: withoutEnvoy },
  async (t) => {
    const readme = section.exec(`${readFileSync(join(packageRoot, "README.md"), "utf8")}\n## `)![1]!;
    const folder = mkdtempSync(join(tmpdir(), "meshscript-outside-"));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    if (!(await installPacked(folder)))
      return t.skip("npm cannot install the package's dependencies: no network");
    for (const { path, code } of snippetsIn(readme)) write(join(folder, path), code);

    const commands = [...readme.matchAll(/^npx (meshscript [^#\n]+)/gm)].map((match) => match[1]!.trim());
    assert.deepEqual(
      commands.map((command) => command.split(" ")[1]),
      ["build", "test", "run", "config"],
    );
    const outputs = new Map<string, string>();
    for (const command of commands.filter((command) => !command.includes(" run ")))
      outputs.set(command.split(" ")[1]!, (await npx(command, folder)).stdout);

    assert.match(outputs.get("build")!, /^build\/hello\.wasm +\d/);
    assert.match(outputs.get("test")!, /\n[1-9]\d* passed, 0 failed\n$/);
    assert.match(outputs.get("config")!, /filename: build\/hello\.wasm/);
    await greetsInEnvoy(folder);
  },
);

/** False where that fails for want of a network. */
async function installPacked(folder: string): Promise<boolean> {
  // What is packed was compiled by whoever runs this test.
  await execute("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], { cwd: packageRoot });
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"))!;
  await execute("npm", ["init", "--yes"], { cwd: folder });
  try {
    await execute("npm", ["install", "--prefer-offline", `./${tarball}`], { cwd: folder });
    return true;
  } catch (error) {
    if (/ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENOTCACHED/.test((error as Error).message)) return false;
    throw error;
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function npx(command: string, cwd: string) {
  return execute("npx", ["--no-install", ...command.split(" ")], { cwd, timeout: 180_000 });
}

async function greetsInEnvoy(folder: string): Promise<void> {
  const bin = join(folder, "node_modules/.bin/meshscript");
  const child = spawn(bin, ["run", "hello", "--host", "envoy"], { cwd: folder });
  try {
    const [, url] = await printed(child, /curl .*(http:\S+)/);
    const named = await fetch(url!, { headers: { "x-name": "ada" } });
    assert.deepEqual([named.status, named.headers.get("x-greeting")], [200, "good morning"]);
    assert.equal((await fetch(url!)).status, 400);
  } finally {
    const gone = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGINT");
    await gone;
  }
}
