import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { packageRoot } from "../../../tools/package-root.js";
import { printed, startVerb, verb } from "../cli/support/command.js";
import { withoutEnvoy } from "../cli/support/envoy.js";
import { hello, project } from "../cli/support/project.js";

const demo = (greeting: string) => `demo:
  requests:
    - name: greets
      send: { path: /orders }
      client: { status: 200, headers: { x-greeting: ${greeting} } }
`;

/** A filter whose demo expects this greeting; it is "good morning" that it says. */
function greeter(t: TestContext, greeting = "good morning"): string {
  const manifest = "filters/hello/filter.yaml";
  return join(project(t, { ...hello, [manifest]: hello[manifest]! + demo(greeting) }), "filters/hello");
}

for (const host of ["emulator", "envoy"]) {
  test(
    `npm start shows jwt, api-key and headers in ${host}`,
    { skip: host === "envoy" && withoutEnvoy },
    async () => {
      const { code, stdout, stderr } = await verb(["start", "--once", "--host", host]);
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^meshscript \S+ in .*(Envoy 1\.|emulator).*: jwt → api-key → headers\n/);
      assert.match(
        stdout,
        /✓ +a token that was minted just now .* 200 +GET \/orders\n +to upstream +-authorization /,
      );
      assert.match(stdout, /✓ .* 401 +nothing\n +answer +Client authentication failed\.\n/);
      assert.match(stdout, /✓ .* 200 +GET \/orders\n +to upstream +-x-api-key /);
      assert.match(stdout, /\n[1-9]\d* passed, 0 failed\n$/);
      const wide = stdout.split("\n").filter((line) => line.length > 80);
      assert.deepEqual(wide, []);
    },
  );
}

test("both hosts show the same demo", { skip: withoutEnvoy }, async () => {
  const [emulator, envoy] = await Promise.all(
    ["emulator", "envoy"].map((host) => verb(["start", "--once", "--host", host])),
  );
  const table = (text: string) => text.slice(text.indexOf("\n"));
  assert.equal(table(emulator!.stdout), table(envoy!.stdout));
});

test("the README shows what npm start shows", async () => {
  const readme = readFileSync(join(packageRoot, "README.md"), "utf8");
  const shown = /```text\nmeshscript .*\n([\s\S]*?\d+ passed.*\n)/.exec(readme)![1]!.split("\n");
  const { stdout } = await verb(["start", "--once", "--host", "emulator"]);
  const missing = shown.filter((line) => line !== "..." && !stdout.split("\n").includes(line));
  assert.deepEqual(missing, []);
});

test("a line that is not as it should be is marked and makes the exit code 1", async (t) => {
  const folder = greeter(t, "good night");
  const { code, stdout } = await verb(["start", "--once", "--host", "emulator", "--filters", folder]);
  assert.equal(code, 1);
  assert.match(
    stdout,
    /✗ {2}greets .*\n(.*\n)? +client header x-greeting: expected "good night", saw "good morning"/,
  );
  assert.match(stdout, /\n0 passed, 1 failed\n$/);
});

test("without Envoy and without a way to fetch it, one line says so and the embedded host takes its place", async (t) => {
  const cache = mkdtempSync(join(tmpdir(), "meshscript-cache-"));
  t.after(() => rmSync(cache, { recursive: true, force: true }));
  const bare = { PATH: cache, ENVOY_BIN: "", MESHSCRIPT_CACHE: cache };
  const { code, stdout } = await verb(["start", "--once", "--filters", greeter(t)], bare);
  assert.equal(code, 0);
  assert.match(stdout, /^No Envoy \(.+\): the embedded host takes its place\.\nmeshscript \S+ in .*emulator/);
});

/** Starts and waits until the demo is over; gives the address to try. */
async function serving(t: TestContext, host: string) {
  const child = startVerb(["start", "--host", host, "--filters", greeter(t)]);
  t.after(() => child.kill("SIGKILL"));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  let errors = "";
  child.stderr!.on("data", (text) => (errors += text));
  const [, url] = await printed(child, /curl .*(http:\S+)/);
  return { child, ended, url: url!, errors: () => errors };
}

function children(child: ChildProcess): number[] {
  const text = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8");
  return text.trim().split(" ").filter(Boolean).map(Number);
}

const linuxWithEnvoy = { skip: withoutEnvoy || (!existsSync("/proc/self/task") && "needs /proc") };

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  test(`after the demo it serves until ${signal}, and leaves nothing behind`, linuxWithEnvoy, async (t) => {
    const { child, ended, url } = await serving(t, "envoy");
    const answer = await fetch(url);
    assert.equal(answer.headers.get("x-greeting"), "good morning");
    assert.match(await answer.text(), /^GET \/ HTTP\/1\.1\n/, "the upstream shows what it saw");
    const started = children(child);
    assert.equal(started.length, 1);
    child.kill(signal);
    assert.equal(await ended, 0);
    assert.ok(!existsSync(`/proc/${started[0]}`), "Envoy is gone");
  });
}

test("an Envoy that dies is told, and makes the exit code 1", linuxWithEnvoy, async (t) => {
  const { child, ended, errors } = await serving(t, "envoy");
  process.kill(children(child)[0]!, "SIGKILL");
  assert.equal(await ended, 1);
  assert.match(errors(), /^error: Envoy ended \(signal SIGKILL\)\n$/);
});
