import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { emulatorHost } from "../../../tools/emulator/index.js";
import { envoyHost } from "../../../tools/envoy/host.js";
import { packageRoot } from "../../../tools/package-root.js";
import type { Host, Running } from "../../../tools/traffic/host.js";
import { hello } from "./support/proxied.js";
import { rawRequest, rawUpstream } from "./support/raw.js";
import { services } from "./support/services.js";

const request = "GET / HTTP/1.1\r\nhost: a.example\r\nx-h: 1\r\nconnection: close\r\n\r\n";

/** What the guest is to do in a request's headers phase, and what it says then. */
async function dialogue(file: string, prefix = ""): Promise<[operation: string, said: string][]> {
  const text = await readFile(join(packageRoot, "tests/tools/emulator/guests", file), "utf8");
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => {
      const [operation, answer] = line.split(/ +=> /) as [string, string];
      const spelt = prefix + operation.replaceAll("%", prefix === "" ? "%" : "%25");
      const [first, second = ""] = spelt.split(" ");
      const told = prefix === "" ? [first, second].join(" ").trim() : spelt;
      return [spelt, `info ${told}: ${answer}`];
    });
}

async function serve(t: TestContext, host: Host, script: string[]): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), "meshscript-services-"));
  const upstream = await rawUpstream(() => hello);
  t.after(() => Promise.all([upstream.close(), rm(folder, { recursive: true })]));
  const wasm = join(folder, "services.wasm");
  await writeFile(wasm, await services());
  const configuration = script.join("\n");
  const options = { fullCallbacks: true, vmId: "services" };
  const chain = [{ name: "services", wasm, rootId: "", configuration, environment: {}, options }];
  const started = await host.start({ chain, upstream: { port: upstream.port, protocol: "http1" } });
  assert.ok(!started.refused);
  t.after(() => started.running.stop());
  return started.running;
}

for (const host of [emulatorHost(), envoyHost()]) {
  for (const [what, file, prefix] of [
    ["host services", "services.txt", ""],
    ["expressions", "expressions.txt", "cel "],
  ] as const) {
    test(`${what} answer as measured, on ${host.name}`, { timeout: 60_000 }, async (t) => {
      const lines = await dialogue(file, prefix);
      const running = await serve(
        t,
        host,
        lines.map(([operation]) => `rh ${operation}`),
      );
      await rawRequest(running.port, request);
      assert.deepEqual(
        running.logs(),
        lines.map(([, said]) => said),
      );
    });
  }

  test(`messages of a queue are announced one by one, on ${host.name}`, { timeout: 60_000 }, async (t) => {
    const script = ["rh register q", "rh push $q one", "rh push $q two", "rh say end"];
    const running = await serve(t, host, [
      ...script,
      "ready say ready",
      "ready pop $token",
      "ready pop $token",
    ]);
    await rawRequest(running.port, request);
    assert.deepEqual(running.logs(), [
      ...["info register q: 0", "info push $q: 0", "info push $q: 0", "info end"],
      ...["info ready", "info pop $token: 0 one", "info pop $token: 0 two"],
      ...["info ready", "info pop $token: 7 (untouched)", "info pop $token: 7 (untouched)"],
    ]);
  });

  test(`what filters count is read from ${host.name}`, { timeout: 60_000 }, async (t) => {
    const script = ["rh define 0 hits.", "rh define 1 level", "rh increment $hits. 2", "rh record $level 7"];
    const running = await serve(t, host, script);
    await rawRequest(running.port, request);
    await rawRequest(running.port, request);
    const { hits, level } = await running.metrics();
    assert.deepEqual({ hits, level }, { hits: 4, level: 7 });
  });
}
