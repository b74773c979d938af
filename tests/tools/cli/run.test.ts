import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test, type TestContext } from "node:test";
import { meshscript, printed, startCommand } from "./support/command.js";
import { withoutEnvoy } from "./support/envoy.js";
import { hello, project } from "./support/project.js";

/** Runs the hello filter; gives its address, and ends it after the test. */
async function running(t: TestContext, ...options: string[]) {
  const child = startCommand(["run", "hello", ...options], project(t, hello));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  t.after(() => child.kill("SIGKILL"));
  const [, url] = await printed(child, /curl .*(http:\S+)/);
  return { child, ended, url: url! };
}

/** Port of a server that answers "mine". */
async function listening(t: TestContext): Promise<number> {
  const server = createServer((_, response) => void response.end("mine"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => void (server.closeAllConnections(), server.close()));
  return (server.address() as AddressInfo).port;
}

for (const host of ["emulator", "envoy"]) {
  test(`serves a filter in ${host} until Ctrl-C`, { skip: host === "envoy" && withoutEnvoy }, async (t) => {
    const { child, ended, url } = await running(t, "--host", host);
    const answer = await fetch(`${url}orders`);
    assert.deepEqual([answer.status, answer.headers.get("x-greeting")], [200, "good morning"]);
    assert.match(await answer.text(), /^GET \/orders HTTP\/1\.1\n/);
    child.kill("SIGINT");
    assert.equal(await ended, 0);
    await assert.rejects(fetch(url), "nobody listens any more");
  });
}

test("requests go to the upstream that is named", async (t) => {
  const port = await listening(t);
  const { url } = await running(t, "--host", "emulator", "--upstream", `http://127.0.0.1:${port}`);
  assert.equal(await (await fetch(url)).text(), "mine");
});

test("a refused configuration is told, and nothing is served", async (t) => {
  const folder = project(t, {
    ...hello,
    "filters/hello/filter.yaml": "name: hello\nsummary: x\nconfiguration: { greeting: 7 }\n",
  });
  const { code, stderr } = await meshscript(["run", "hello", "--host", "emulator"], folder);
  assert.equal(code, 1);
  assert.match(stderr, /hello: the configuration was refused:\n {2}greeting: expected text, got number\n/);
});

test("a port in use is told", async (t) => {
  const port = await listening(t);
  const options = ["--host", "emulator", "--port", `${port}`];
  const { code, stderr } = await meshscript(["run", "hello", ...options], project(t, hello));
  assert.equal(code, 1);
  assert.match(stderr, new RegExp(`error: .*\\b${port}\\b.* in use`));
  assert.doesNotMatch(stderr, /^ +at /m);
});
