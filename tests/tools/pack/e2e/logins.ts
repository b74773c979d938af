import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "../../../../tools/pack/blob.js";
import { envoyGateway, istio } from "./parts/programs.js";
import { tokenServer } from "./parts/token-server.js";
import type { Proof } from "./proof.js";
import { folderIn, pack, succeeding, type Stage } from "./stage.js";

const password = "meshscript-test";
/** As htpasswd writes it: that password by bcrypt, with the least cost. */
const htpasswd = "ci:$2b$04$abcdefghijklmnopqrstuuNnBS9obUs1ebJcjpYnbi7rv09CL9/G2\n";

/** Registries that ask who one is. */
export function loginProofs(stage: Stage): Proof[] {
  return [
    { name: "a registry with passwords takes the image from who has logged in", run: () => basic(stage) },
    { name: "a registry with tokens takes the image from who has logged in", run: () => bearer(stage) },
  ];
}

/** Istio reads a realm as an address, also where it is none, and insists on a safe one. */
const realm = "https://registry.example/filters";

/** And meshes pull it with the same credentials as a pull secret. */
async function basic(stage: Stage): Promise<void> {
  const folder = folderIn(stage, "passwords");
  writeFileSync(join(folder, "htpasswd"), htpasswd);
  const auth = { htpasswd: { realm, path: join(folder, "htpasswd") } };
  const { host } = await stage.another("passwords-registry", { auth });
  await onlyLoggedIn(host, folder);
  for (const fetcher of [istio, envoyGateway]) {
    const program = await stage.program(fetcher);
    const module = join(folder, "plugin.wasm");
    await succeeding(program, [`${host}/filters/demo:1`, module, join(folder, "config.json")], folder);
    assert.equal(digestOf(readFileSync(module)), digestOf(stage.wasm()));
  }
}

async function bearer(stage: Stage): Promise<void> {
  const folder = folderIn(stage, "tokens");
  const tokens = await tokenServer(folder, `ci:${password}`);
  try {
    const { host } = await stage.another("tokens-registry", { auth: { token: tokens.configuration } });
    await onlyLoggedIn(host, folder);
  } finally {
    tokens.end();
  }
}

async function onlyLoggedIn(host: string, folder: string): Promise<void> {
  const push = (config: string) => pack(["--out", folder, "--push", `${host}/filters/demo:1`], config);
  const stranger = await push(join(folder, "nobody"));
  assert.equal(stranger.code, 1, stranger.output);
  assert.match(stranger.output, new RegExp(`Log in: docker login ${host}`));
  logIn(folder, host, "wrong-password");
  const wrong = await push(folder);
  assert.equal(wrong.code, 1, wrong.output);
  assert.ok(!wrong.output.includes("wrong-password"));
  logIn(folder, host, password);
  const right = await push(folder);
  assert.equal(right.code, 0, right.output);
}

function logIn(folder: string, host: string, secret: string): void {
  const auth = Buffer.from(`ci:${secret}`).toString("base64");
  writeFileSync(join(folder, "config.json"), JSON.stringify({ auths: { [host]: { auth } } }));
}
