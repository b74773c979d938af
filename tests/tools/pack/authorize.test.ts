import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { folderFor } from "./support/images.js";
import { nobody, pushed } from "./support/pushing.js";
import { listening, refuse, testRegistry, type TestRegistry } from "./support/registry.js";

const password = "pa:ss-w0rd";
const pair = Buffer.from(`ci:${password}`).toString("base64");

/** A user who has logged in to that host. */
function loggedIn(t: TestContext, host: string, entry: object = { auth: pair }): NodeJS.ProcessEnv {
  const folder = folderFor(t);
  writeFileSync(join(folder, "config.json"), JSON.stringify({ auths: { [host]: entry } }));
  return { ...nobody, DOCKER_CONFIG: folder };
}

/** Lets nobody in who does not carry that authorization. */
function guarded(registry: TestRegistry, challenge: string, accepted: string): void {
  registry.fault = (_, response, { authorization }) => {
    if (authorization === accepted) return false;
    response.setHeader("www-authenticate", challenge);
    refuse(response, 401, "UNAUTHORIZED", `not you, ${authorization ?? "stranger"}`);
    return true;
  };
}

interface TokenServer {
  host: string;
  asked: { url: string; authorization: string | undefined; body: string }[];
}

async function tokenServer(
  t: TestContext,
  answer: (request: IncomingMessage) => [status: number, body: string] = () => [200, '{"token":"t0ken"}'],
): Promise<TokenServer> {
  const asked: TokenServer["asked"] = [];
  const host = await listening(t, async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    asked.push({ url: request.url!, authorization: request.headers.authorization, body });
    const [status, text] = answer(request);
    response.writeHead(status).end(text);
  });
  return { host, asked };
}

const bearer = (host: string) =>
  `Bearer realm="http://${host}/token",service="registry",scope="repository:filters/demo:pull,push"`;

test("basic: credentials are given when they are asked for, and then at once", async (t) => {
  const registry = await testRegistry(t);
  guarded(registry, 'Basic realm="registry"', `Basic ${pair}`);
  assert.equal((await pushed(registry.host, { environment: loggedIn(t, registry.host) })).message, "");
  assert.deepEqual(
    registry.seen.map(({ authorization }) => authorization !== undefined),
    [false, ...Array(registry.seen.length - 1).fill(true)],
  );
});

test("bearer: the token server gets the credentials, the registry the token", async (t) => {
  const [registry, tokens] = [await testRegistry(t), await tokenServer(t)];
  guarded(registry, bearer(tokens.host), "Bearer t0ken");
  assert.equal((await pushed(registry.host, { environment: loggedIn(t, registry.host) })).message, "");
  assert.deepEqual(tokens.asked, [
    {
      url: "/token?service=registry&scope=repository%3Afilters%2Fdemo%3Apull%2Cpush",
      authorization: `Basic ${pair}`,
      body: "",
    },
  ]);
  assert.ok(registry.seen.every(({ authorization }) => !authorization?.startsWith("Basic")));
});

test("bearer without credentials: a token for everybody will do", async (t) => {
  const [registry, tokens] = [await testRegistry(t), await tokenServer(t)];
  guarded(registry, bearer(tokens.host), "Bearer t0ken");
  assert.equal((await pushed(registry.host)).message, "");
  assert.equal(tokens.asked[0]!.authorization, undefined);
});

test("bearer with an identity token: it is exchanged", async (t) => {
  const answer = (): [number, string] => [200, '{"access_token":"t0ken"}'];
  const [registry, tokens] = [await testRegistry(t), await tokenServer(t, answer)];
  guarded(registry, bearer(tokens.host), "Bearer t0ken");
  const environment = loggedIn(t, registry.host, { auth: pair, identitytoken: "refresh-me" });
  assert.equal((await pushed(registry.host, { environment })).message, "");
  const [{ authorization, body }] = tokens.asked as [TokenServer["asked"][0]];
  assert.equal(authorization, undefined);
  const form = Object.fromEntries(new URLSearchParams(body));
  assert.deepEqual([form["grant_type"], form["refresh_token"]], ["refresh_token", "refresh-me"]);
});

test("a token that has expired is replaced by a new one", async (t) => {
  let count = 0;
  const answer = (): [number, string] => [200, `{"token":"t${++count}"}`];
  const [registry, tokens] = [await testRegistry(t), await tokenServer(t, answer)];
  registry.fault = (_, response, { authorization }) => {
    const isLate = registry.seen.length > 6;
    if (authorization === (isLate ? "Bearer t2" : "Bearer t1")) return false;
    response.writeHead(401, { "www-authenticate": bearer(tokens.host) }).end();
    return true;
  };
  assert.equal((await pushed(registry.host)).message, "");
  assert.equal(count, 2);
});

const refusals: Record<string, [challenge: (tokens: string) => string, said: RegExp]> = {
  "basic, without a login": [() => 'Basic realm="r"', /asks for credentials, and there are none$/],
  "an unknown way": [() => "Negotiate", /in a way that is not known here$/],
  "a realm that is no address": [() => 'Bearer realm="nowhere"', /no https address$/],
  "no realm": [() => "Bearer", /no https address$/],
  "a realm on another machine without TLS": [
    () => 'Bearer realm="http://registry.example/token"',
    /credentials sent to http:\/\/registry\.example\/token, which is no https address$/,
  ],
};

for (const [what, [challenge, said]] of Object.entries(refusals)) {
  test(`a registry that asks for ${what} is told apart`, async (t) => {
    const registry = await testRegistry(t);
    guarded(registry, challenge("127.0.0.1"), "nothing");
    assert.match((await pushed(registry.host)).message, said);
  });
}

const failing: Record<string, [answer: [number, string], said: RegExp]> = {
  "takes no credentials": [[401, "{}"], /does not take the credentials \(401\)$/],
  "is broken": [[500, "{}"], /GET: status 500 \(4 tries\)$/],
  "answers 404": [[404, "{}"], /gave no token: 404$/],
  "answers with no JSON": [[200, `<p>${password}`], /answered without a token$/],
  "answers with no token": [[200, '{"token":""}'], /answered without a token$/],
  "answers with lines": [[200, '{"token":"a\\r\\nx-evil: 1"}'], /answered without a token$/],
};

for (const [what, [answer, said]] of Object.entries(failing)) {
  test(`a token server that ${what} is one clear message`, async (t) => {
    const [registry, tokens] = [await testRegistry(t), await tokenServer(t, () => answer)];
    guarded(registry, bearer(tokens.host), "Bearer t0ken");
    const { message } = await pushed(registry.host, { environment: loggedIn(t, registry.host) });
    assert.match(message, said);
    assert.ok(!message.includes(password));
  });
}

test("wrong credentials: no secret shows, even where the registry repeats it", async (t) => {
  const registry = await testRegistry(t);
  guarded(registry, 'Basic realm="registry"', "Basic other");
  const { message, hint } = await pushed(registry.host, { environment: loggedIn(t, registry.host) });
  assert.match(message, /begins no upload: 401, UNAUTHORIZED: not you, Basic \*\*\*$/);
  assert.match(hint, /^Log in: docker login 127/);
});

test("another host, to which an upload is sent on, gets no credentials, even if it asks for them", async (t) => {
  const registry = await testRegistry(t);
  const [storage, thief] = [await testRegistry(t), await tokenServer(t)];
  registry.uploadPlace = (path) => `http://${storage.host}${path}`;
  guarded(registry, 'Basic realm="registry"', `Basic ${pair}`);
  storage.fault = (_, response) => {
    response.writeHead(401, { "www-authenticate": bearer(thief.host) }).end();
    return true;
  };
  const { message } = await pushed(registry.host, { environment: loggedIn(t, registry.host) });
  assert.match(message, /refuses sha256:.*: 401/);
  assert.ok(storage.seen.length > 0);
  assert.deepEqual(
    storage.seen.filter(({ authorization }) => authorization !== undefined),
    [],
  );
  assert.deepEqual(thief.asked, []);
});

test("another host, to which a question is redirected, gets no credentials, even if it asks for them", async (t) => {
  const registry = await testRegistry(t);
  const [mirror, thief] = [await testRegistry(t), await tokenServer(t)];
  mirror.fault = (_, response) => {
    response.writeHead(401, { "www-authenticate": bearer(thief.host) }).end();
    return true;
  };
  registry.fault = (_, response, { method, path, authorization }) => {
    if (authorization !== `Basic ${pair}`) response.writeHead(401, { "www-authenticate": "Basic" }).end();
    else if (method === "HEAD") response.writeHead(307, { location: `http://${mirror.host}/${path}` }).end();
    else return false;
    return true;
  };
  assert.equal((await pushed(registry.host, { environment: loggedIn(t, registry.host) })).message, "");
  assert.ok(mirror.seen.length > 0);
  assert.ok(mirror.seen.every(({ authorization }) => authorization === undefined));
  assert.deepEqual(thief.asked, []);
});
