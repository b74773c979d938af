import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { UserError } from "../../../tools/errors.js";
import { credentialsFor } from "../../../tools/pack/credentials.js";
import { folderFor } from "./support/images.js";

const host = "registry.example:5000";
const auth = Buffer.from("ci:a:b").toString("base64");
const login = { username: "ci", password: "a:b" };

interface Home {
  environment: NodeJS.ProcessEnv;
  folder: string;
}

/** A user with that docker configuration, and those credential helpers. */
function home(t: TestContext, config: string | object, helpers: Record<string, string> = {}): Home {
  const folder = folderFor(t);
  const text = typeof config === "string" ? config : JSON.stringify(config);
  writeFileSync(join(folder, "config.json"), text);
  mkdirSync(join(folder, "bin"));
  for (const [name, script] of Object.entries(helpers)) {
    const path = join(folder, "bin", `docker-credential-${name}`);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  }
  const path = `${join(folder, "bin")}:${process.env.PATH}`;
  return { environment: { DOCKER_CONFIG: folder, PATH: path }, folder };
}

const kept: Record<string, [config: object, credentials: object | null]> = {
  "by host": [{ auths: { [host]: { auth } } }, login],
  "by address": [{ auths: { [`https://${host}/v2/`]: { auth } } }, login],
  "as name and password": [{ auths: { [host]: login } }, login],
  "as an identity token": [{ auths: { [host]: { auth, identitytoken: "x" } } }, { identityToken: "x" }],
  "for another port": [{ auths: { "registry.example": { auth } } }, null],
  "for another host": [{ auths: { [`evil-${host}`]: { auth } } }, null],
  "as nothing": [{ auths: { [host]: {} } }, null],
  "as nonsense": [{ auths: { [host]: { auth: "!!" } } }, null],
  nowhere: [{}, null],
};

for (const [how, [config, credentials]] of Object.entries(kept)) {
  test(`credentials in docker's configuration, kept ${how}`, (t) => {
    assert.deepEqual(credentialsFor(host, home(t, config).environment), credentials);
  });
}

test("docker's own registry has its credentials under an address of old", (t) => {
  const { environment } = home(t, { auths: { "https://index.docker.io/v1/": { auth } } });
  assert.deepEqual(credentialsFor("docker.io", environment), login);
});

test("no configuration is no credentials", (t) => {
  assert.equal(credentialsFor(host, { DOCKER_CONFIG: folderFor(t) }), null);
});

for (const text of ['{"auths": {"a": "s3cret"', "[]", "7", "null"]) {
  test(`a configuration that is ${text} is refused by its path, without its content`, (t) => {
    const { environment, folder } = home(t, text);
    assert.throws(
      () => credentialsFor(host, environment),
      (error: UserError) => {
        assert.equal(error.message, `${folder}/config.json: is no JSON object`);
        return error instanceof UserError;
      },
    );
  });
}

const answer = `echo '{"ServerURL":"x","Username":"ci","Secret":"a:b"}'`;

test("a helper is asked by docker's protocol: get, with the server on standard input", (t) => {
  const script = `[ "$1" = get ] && cat > "$(dirname "$0")/asked" && ${answer}`;
  const { environment, folder } = home(t, { credsStore: "one" }, { one: script });
  assert.deepEqual(credentialsFor(host, environment), login);
  assert.equal(readFileSync(join(folder, "bin", "asked"), "utf8"), host);
});

test("a registry's own helper comes before the general one", (t) => {
  const config = { credHelpers: { [host]: "own" }, credsStore: "general" };
  const { environment } = home(t, config, { own: answer, general: "exit 1" });
  assert.deepEqual(credentialsFor(host, environment), login);
});

test("docker's own registry may have a helper under either of its names", (t) => {
  for (const name of ["docker.io", "https://index.docker.io/v1/"]) {
    const { environment } = home(t, { credHelpers: { [name]: "own" } }, { own: answer });
    assert.deepEqual(credentialsFor("docker.io", environment), login);
  }
});

test("a helper's token is no password", (t) => {
  const script = `echo '{"Username":"<token>","Secret":"x"}'`;
  const { environment } = home(t, { credsStore: "one" }, { one: script });
  assert.deepEqual(credentialsFor(host, environment), { identityToken: "x" });
});

test("where a helper knows nothing, the file may", (t) => {
  const script = "echo credentials not found in native keychain; exit 1";
  const { environment } = home(t, { credsStore: "one", auths: { [host]: { auth } } }, { one: script });
  assert.deepEqual(credentialsFor(host, environment), login);
});

const broken: Record<string, [script: string | null, said: RegExp]> = {
  "is not installed": [null, /docker-credential-one, which is not on PATH$/],
  fails: ["echo s3cret; exit 3", /docker-credential-one gave no credentials$/],
  "answers with something else": ["echo '\"s3cret\"'", /something that is no credentials$/],
  "answers with no JSON": ["echo s3cret", /something that is no credentials$/],
};

for (const [what, [script, said]] of Object.entries(broken)) {
  test(`a helper that ${what} is named, and nothing that it says is shown`, (t) => {
    const { environment } = home(t, { credsStore: "one" }, script === null ? {} : { one: script });
    assert.throws(
      () => credentialsFor(host, environment),
      (error: UserError) => {
        assert.match(error.message, said);
        assert.ok(!`${error.message}${error.hint}`.includes("s3cret"));
        return error instanceof UserError;
      },
    );
  });
}

test("a helper is a name, not a path", (t) => {
  const { environment } = home(t, { credsStore: "../one" });
  assert.throws(() => credentialsFor(host, environment), /names no helper: \.\.\/one$/);
});
