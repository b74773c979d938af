import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { freePort } from "../../../tools/compose/ports.js";
import { packageRoot } from "../../../tools/package-root.js";
import { temporaryFolder } from "../envoy/support/setup.js";

const services = join(packageRoot, "tools/compose/services");

function start(t: TestContext, script: string, args: string[], cwd = services, env: NodeJS.ProcessEnv = {}) {
  const path = join(services, script);
  const child = spawn(process.execPath, [path, ...args], { cwd, env: { ...process.env, ...env } });
  t.after(() => child.kill("SIGKILL"));
  const said = { text: "" };
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (said.text += text));
  const ended = once(child, "close").then(([code]) => code as number);
  return { child, said, ended };
}

async function server(t: TestContext, answer: RequestListener): Promise<string> {
  const listening = createServer(answer);
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  t.after(() => listening.close());
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}/ready`;
}

test("modules says which module is not there, and what to run", async (t) => {
  const project = temporaryFolder();
  const line = (name: string) => `                  filename: build/${name}.wasm\n`;
  writeFileSync(join(project, "envoy.yaml"), line("here") + line("gone") + line("gone"));
  mkdirSync(join(project, "build"));
  writeFileSync(join(project, "build/here.wasm"), "");
  const missing = start(t, "modules.mjs", ["envoy.yaml"], project);
  assert.equal(await missing.ended, 1);
  assert.equal(
    missing.said.text,
    "build/gone.wasm is not there, or not readable for all.\nBuild the modules first: npm run build\n",
  );
  writeFileSync(join(project, "build/gone.wasm"), "");
  assert.equal(await start(t, "modules.mjs", ["envoy.yaml"], project).ended, 0);
});

test("a probe tells health by the status, and counts nobody there as ill", async (t) => {
  let status = 200;
  const url = await server(t, (_, response) => response.writeHead(status).end());
  assert.equal(await start(t, "probe.mjs", [url]).ended, 0);
  status = 503;
  assert.equal(await start(t, "probe.mjs", [url]).ended, 1);
  assert.equal(await start(t, "probe.mjs", [`http://127.0.0.1:${await freePort()}/`]).ended, 1);
});

test("ready waits for Envoy, then prints the lines to try with the ports that are open", async (t) => {
  let asked = 0;
  const url = await server(t, (_, response) => response.writeHead(++asked < 3 ? 503 : 200).end());
  const { child, said } = start(t, "ready.mjs", [url], services, {
    ENVOY_PORT: "12000",
    ENVOY_ADMIN_PORT: "12001",
  });
  await once(child.stdout, "data");
  assert.ok(asked >= 3);
  assert.match(said.text, /^Ready\. Try:\ncurl -si http:\/\/127\.0\.0\.1:12000\/orders /);
  assert.match(said.text, /http:\/\/127\.0\.0\.1:12001\/stats\/prometheus/);
});

test("echo answers a request with that request", async (t) => {
  const port = String(await freePort());
  start(t, "echo.mjs", [], services, { PORT: port });
  const send = () =>
    fetch(`http://127.0.0.1:${port}/orders`, { method: "POST", body: "hi", headers: { "X-A": "1" } });
  const answer = await retried(send);
  assert.match(await answer.text(), /^POST \/orders HTTP\/1\.1\n[\s\S]*\nX-A: 1\n[\s\S]*\nhi$/i);
});

async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    const outcome = await work().catch((error: Error) => error);
    if (!(outcome instanceof Error)) return outcome;
    if (tries > 100) throw outcome;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
