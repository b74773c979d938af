import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { test, type TestContext } from "node:test";
import { alwaysAllowed, groupOf, isWithin } from "../../../tools/abi/groups.js";
import { hostSignatures, wasiSignatures } from "../../../tools/emulator/abi/signatures.js";
import { emulatorHost } from "../../../tools/emulator/index.js";
import { envoyHost } from "../../../tools/envoy/host.js";
import type { Host, Running } from "../../../tools/traffic/host.js";
import { rawModule } from "./support/raw-module.js";
import { instance, setup, temporaryFolder, upstream } from "./support/setup.js";

// A module that imports everything, and calls what its manifest leaves no room for, gets nothing: on each host.

const types: Record<string, string> = { i: "i32", I: "i64", "": "void" };

/** Envoy's own addition, which no list withholds: there the build is the only guard. */
const unrestricted = "envoy_resolve_dns";

/** Withheld under a ceiling of nothing: with WASI's and the ABI's word for it. */
const withheld = [
  ...Object.keys(hostSignatures).map((name) => ({ name, module: "env", kind: "proxy-wasm", status: 10 })),
  ...Object.keys(wasiSignatures).map((name) => ({
    name,
    module: "wasi_snapshot_preview1",
    kind: "WASI",
    status: 76,
  })),
].filter(({ name }) => !isWithin([], name) && name !== unrestricted);

function signatureOf(name: string): { parameters: string[]; result: string } {
  const [parameters, result] = (hostSignatures[name] ?? wasiSignatures[name])!.split(">") as [string, string];
  return { parameters: [...parameters].map((letter) => types[letter]!), result: types[result]! };
}

/** Calls each function with zeros, and says what came back. */
function calling(functions: typeof withheld): string {
  const declared = functions.map(({ name, module }) => {
    const { parameters, result } = signatureOf(name);
    const list = parameters.map((type, at) => `a${at}: ${type}`).join(", ");
    return `@external("${module}", "${name}") declare function ${name}(${list}): ${result};`;
  });
  const calls = functions.map(({ name }) => {
    const { parameters, result } = signatureOf(name);
    const call = `${name}(${parameters.map(() => "0").join(", ")})`;
    return result === "void" ? `${call}; say(2, "${name}");` : `say(2, "${name} " + ${call}.toString());`;
  });
  return `${declared.join("\n")}
export function proxy_on_log(id: i32): void { ${calls.join("\n")} }`;
}

const folder = temporaryFolder();
const wasm = await rawModule(folder, "everything", calling(withheld));

interface Served {
  running: Running;
  request(): Promise<number>;
}

async function serve(t: TestContext, host: Host, module: string): Promise<Served> {
  const server = await upstream();
  t.after(() => server.close());
  const chain = [instance(module, { name: "everything", options: { ceiling: [] } })];
  const started = await host.start(setup(chain, { upstream: { port: server.port, protocol: "http1" } }));
  assert.ok(!started.refused);
  const { running } = started;
  t.after(() => running.stop());
  const request = async () => {
    const answer = await fetch(`http://127.0.0.1:${running.port}/`);
    await answer.text();
    return answer.status;
  };
  return { running, request };
}

/** A host in another process logs late. */
async function lines(running: Running, atLeast: number): Promise<readonly string[]> {
  for (const end = Date.now() + 5000; running.logs().length < atLeast && Date.now() < end; ) await sleep(20);
  return running.logs();
}

for (const host of [emulatorHost(), envoyHost()]) {
  test(`each function beyond the ceiling does nothing and is named, on ${host.name}`, async (t) => {
    const { running, request } = await serve(t, host, wasm);
    assert.equal(await request(), 200);
    const expected = withheld.flatMap(({ name, kind, status }) => [
      `error everything: Attempted call to restricted ${kind} capability: ${name}`,
      `info ${signatureOf(name).result === "void" ? name : `${name} ${status}`}`,
    ]);
    assert.deepEqual(await lines(running, expected.length), expected);
    assert.equal(await request(), 200, "nothing has trapped");
    assert.equal((await lines(running, 2 * expected.length)).length, 2 * expected.length);
  });
}

for (const [host, answer] of [
  [emulatorHost(), `info ${unrestricted} 12`],
  [envoyHost(), `info ${unrestricted} 0`],
] as const) {
  test(`no list withholds ${unrestricted} on ${host.name}`, async (t) => {
    const one = calling([{ name: unrestricted, module: "env", kind: "proxy-wasm", status: 10 }]);
    const { running, request } = await serve(t, host, await rawModule(folder, "resolving", one));
    await request();
    assert.deepEqual((await lines(running, 1))[0], answer);
  });
}

for (const host of [emulatorHost(), envoyHost()] as Host[]) {
  test(`a callback beyond the ceiling is not skipped: ${host.name} does not start`, async (t) => {
    const callback =
      "export function proxy_on_request_headers(id: i32, count: i32, end: i32): i32 { return 0; }";
    const chain = [instance(await rawModule(folder, "called", callback), { options: { ceiling: ["body"] } })];
    const starting = host.start(setup(chain));
    // So that a host that should not be there ends with its test.
    t.after(async () => {
      const started = await starting.catch(() => undefined);
      if (started?.refused === false) await started.running.stop();
    });
    await assert.rejects(
      starting,
      /^UserError: raw: its module handles proxy_on_request_headers, and its manifest allows no more than body$/,
    );
  });
}

test("what is withheld is all but what is always allowed and the library's own", () => {
  const groups = new Set(withheld.map(({ name }) => groupOf(name)));
  assert.ok(withheld.length > 70);
  assert.deepEqual(
    alwaysAllowed.filter((group) => groups.has(group)),
    [],
  );
});
