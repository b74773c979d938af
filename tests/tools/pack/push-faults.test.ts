import assert from "node:assert/strict";
import { test } from "node:test";
import { testRegistry, refuse, type TestRegistry } from "./support/registry.js";
import type { Patience } from "../../../tools/pack/patience.js";
import { closedPort } from "./support/closed-port.js";
import { brief, impatient, pushed } from "./support/pushing.js";

type Fault = TestRegistry["fault"];

const isUpload = (method: string, path: string) => method === "PUT" && path.startsWith("blobs/");

/** Does something to the first requests that are meant, and lets all others pass. */
function first(times: number, isMeant: (method: string, path: string) => boolean, fault: Fault): Fault {
  let left = times;
  return (request, response, seen) => {
    if (!isMeant(seen.method, seen.path) || left === 0) return false;
    left--;
    return fault(request, response, seen);
  };
}

const status =
  (code: number, headers: Record<string, string> = {}): Fault =>
  (_, response) => {
    response.writeHead(code, headers).end();
    return true;
  };

const hangsUp: Fault = (request) => {
  request.socket.destroy();
  return true;
};

/** Takes some of an upload, and dies. */
const diesMidway: Fault = (request) => {
  request.once("data", () => request.socket.destroy());
  return true;
};

const hangs: Fault = () => true;

const hangsOnce = first(1, () => true, hangs);

/** Whoever waits for nothing need not wait long. */
function patienceFor(fault: Fault): Patience {
  return [hangs, hangsOnce].includes(fault) ? impatient : brief;
}

const passing: Record<string, [fault: Fault, told: RegExp]> = {
  "answers 500 three times": [first(3, () => true, status(500)), /status 500; next try in 0\.00/],
  "answers 503 to manifests": [first(3, (_, path) => path === "manifests/1.0.0", status(503)), /status 503/],
  "is asked too much": [
    first(1, () => true, status(429, { "retry-after": "0" })),
    /status 429; next try in 0 s/,
  ],
  "loses the connection": [first(3, () => true, hangsUp), /the connection was lost; next try/],
  "dies midway through an upload": [first(2, isUpload, diesMidway), /PUT: the connection was lost; next try/],
  "hangs once": [hangsOnce, /no answer; next try/],
};

for (const [what, [fault, told]] of Object.entries(passing)) {
  test(`a registry that ${what} gets the image all the same`, async (t) => {
    const registry = await testRegistry(t);
    registry.fault = fault;
    const outcome = await pushed(registry.host, { patience: patienceFor(fault) });
    assert.equal(outcome.message, "");
    assert.match(outcome.told.join("\n"), told);
    assert.ok(registry.manifests.has("1.0.0"));
    assert.equal(registry.blobs.size, 4);
  });
}

test("an upload that died begins anew: what arrived of it counts for nothing", async (t) => {
  const registry = await testRegistry(t);
  registry.fault = first(1, isUpload, diesMidway);
  await pushed(registry.host);
  const methods = registry.seen.slice(0, 6).map(({ method }) => method);
  assert.deepEqual(methods, ["HEAD", "POST", "PUT", "HEAD", "POST", "PUT"]);
});

const lasting: Record<string, [fault: Fault, said: RegExp, hint: RegExp]> = {
  "answers 500 for ever": [status(500), /: HEAD: status 500 \(4 tries\)$/, /Nothing was tagged/],
  "hangs for ever": [hangs, /: HEAD: no answer \(4 tries\)$/, /Nothing was tagged/],
  "hangs up for ever": [hangsUp, /: HEAD: the connection was lost \(4 tries\)$/, /Nothing was tagged/],
  "refuses with 401 and no challenge": [status(401), /begins no upload: 401$/, /^Log in: docker login/],
  "refuses with 403": [status(403), /begins no upload: 403$/, /^Log in: docker login/],
  "refuses a blob": [
    (_, response, { method, path }) => {
      if (!isUpload(method, path)) return false;
      refuse(response, 400, "DIGEST_INVALID", "provided digest\x1b[31m did not match");
      return true;
    },
    /: refuses sha256:[0-9a-f]{64}: 400, DIGEST_INVALID: provided digest \[31m did not match$/,
    /Nothing was tagged/,
  ],
  "refuses the tag": [
    (_, response, { path }) =>
      path === "manifests/1.0.0" && (refuse(response, 405, "DENIED", "immutable"), true),
    /refuses the manifest: 405, DENIED: immutable$/,
    /Nothing was tagged/,
  ],
  "says it has something else": [
    (_, response, { method, path }) => {
      if (method !== "PUT" || !path.startsWith("manifests/")) return false;
      response.writeHead(201, { "docker-content-digest": `sha256:${"0".repeat(64)}` }).end();
      return true;
    },
    /: has sha256:0{64} where sha256:[0-9a-f]{64} was pushed$/,
    /changes what passes/,
  ],
  "speaks another language": [
    (request) => (request.socket.end("SSH-2.0-OpenSSH\r\n"), true),
    /: cannot be reached: HPE_INVALID_CONSTANT$/,
    /Nothing was tagged/,
  ],
};

for (const [what, [fault, said, hint]] of Object.entries(lasting)) {
  test(`a registry that ${what} is one clear message, in bounded time, and no tag`, async (t) => {
    const registry = await testRegistry(t);
    registry.fault = fault;
    const start = Date.now();
    const outcome = await pushed(registry.host, { patience: patienceFor(fault) });
    assert.match(outcome.message, said);
    assert.ok(outcome.message.startsWith(registry.host));
    assert.match(outcome.hint, hint);
    assert.ok(!registry.manifests.has("1.0.0"));
    assert.ok(Date.now() - start < brief.timeoutMs);
  });
}

test("an answer without end is cut off", async (t) => {
  const registry = await testRegistry(t);
  registry.fault = (_, response, { method }) => {
    if (method !== "POST") return false;
    response.writeHead(202);
    const more = () =>
      void (response.write(Buffer.alloc(1 << 20)) ? setImmediate(more) : response.once("drain", more));
    more();
    return true;
  };
  assert.match((await pushed(registry.host)).message, /more than 4 MiB/);
});

test("nobody listens: said as such", async () => {
  const host = await closedPort();
  assert.equal((await pushed(host)).message, `${host}: HEAD: nobody listens there (4 tries)`);
  assert.match((await pushed("127.0.0.1:9")).message, /^127\.0\.0\.1:9: cannot be reached: bad port$/);
});

test("a registry that speaks no TLS: the way out is named", async (t) => {
  const { host } = await testRegistry(t);
  const { port } = new URL(`http://${host}`);
  // Any name of this machine that is not known to be loopback.
  const { message, hint } = await pushed(`127.1:${port}`);
  assert.match(message, /cannot be reached: (ERR_SSL|EPROTO)/);
  assert.match(hint, /--plain-http/);
  assert.equal((await pushed(`127.1:${port}`, { plainHttp: true })).message, "");
});
