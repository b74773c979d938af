import assert from "node:assert/strict";
import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { build } from "../../../tools/build/index.js";
import { packageRoot } from "../../../tools/package-root.js";
import { moment, requestCosts } from "./requests.js";

const folder = mkdtempSync(join(packageRoot, "build", "timing-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Inputs of each kind. */
const each = 5;

type Headers = [name: string, value: string][];
type Kinds = Record<string, () => Headers>;

/** Costs of requests, by what is wrong with them: they have to be equal. */
async function compare(filter: string, configuration: object, kinds: Kinds): Promise<void> {
  const { binary } = await build({ entry: join(packageRoot, "filters", filter), outDir: folder });
  const costOf = requestCosts(binary, configuration);
  // The first ones define metrics and make room.
  for (const make of Object.values(kinds)) for (let i = 0; i < each; i++) costOf(make());
  const costs = Object.entries(kinds).map(([kind, make]) => [
    kind,
    [...new Set(Array.from({ length: each }, () => costOf(make())))],
  ]);
  const usual = (costs[0]![1] as number[])[0]!;
  assert.ok(usual > 1000);
  assert.deepEqual(
    costs,
    Object.keys(kinds).map((kind) => [kind, [usual]]),
  );
}

const changed = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at]! ^= 1 + Math.floor(Math.random() * 254);
  return copy;
};

describe("basic-auth executes as many instructions, whether", () => {
  const unpadded = (bytes: Buffer): string =>
    bytes.toString("base64").replaceAll("+", ".").replaceAll("=", "");
  const derived = (password: string, rounds: number): string => {
    const salt = Buffer.from("test-salt-of-16b");
    const hash = pbkdf2Sync(password, salt, rounds, 32, "sha256");
    return `$pbkdf2-sha256$${rounds}$${unpadded(salt)}$${unpadded(hash)}`;
  };
  const sha = (password: string): string => `{SHA}${createHash("sha1").update(password).digest("base64")}`;
  const wrong = (user: string) => (): Headers => [
    ["authorization", `Basic ${Buffer.from(`${user}:${randomBytes(8).toString("hex")}`).toString("base64")}`],
  ];

  test("a user is unknown or the password wrong, whatever its hash", { timeout: 120_000 }, async () => {
    const users = [
      `alice:${derived("test-password-of-alice", 1000)}`,
      `bobby:${sha("test-password-of-bobby")}`,
      `carol:${derived("test-password-of-carol", 1500)}`,
    ];
    await compare(
      "basic-auth",
      { users },
      {
        "the password is wrong": wrong("alice"),
        "the password is wrong and its hash an old one": wrong("bobby"),
        "the password is wrong and its hash a dear one": wrong("carol"),
        "nobody is called so": wrong("nobod"),
      },
    );
  });
});

describe("hmac executes as many instructions, whether", () => {
  const key = "test-key-of-alice-0123456789abcdef";
  const date = new Date(moment * 1000).toUTCString();
  const text = `alice-1\nGET /\nhost: 127.0.0.1\ndate: ${date}\n`;
  const code = createHmac("sha256", key).update(text).digest();
  const signed = (signature: Buffer): Headers => [
    ["date", date],
    [
      "authorization",
      `Signature keyId="alice-1",algorithm="hmac-sha256",headers="@request-target host date",signature="${signature.toString("base64")}"`,
    ],
  ];

  test("a signature differs in its first or its last byte, or in all", { timeout: 120_000 }, async () => {
    await compare(
      "hmac",
      { credentials: [{ key_id: "alice-1", key, client: "alice" }], reject_replays: false },
      {
        "its first byte differs": () => signed(changed(code, 0)),
        "its last byte differs": () => signed(changed(code, code.length - 1)),
        "all of them differ": () => signed(randomBytes(code.length)),
      },
    );
  });
});

describe("jwt executes as many instructions, whether", () => {
  const secret = Buffer.from("test-key-of-alice-0123456789abcdef");
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "HS256", kid: "a" })}.${part({ exp: moment + 300 })}`;
  const code = createHmac("sha256", secret).update(text).digest();
  const bearing = (signature: Buffer): Headers => [
    ["authorization", `Bearer ${text}.${signature.toString("base64url")}`],
  ];

  test(
    "the code of a token differs in its first or its last byte, or in all",
    { timeout: 120_000 },
    async () => {
      const keys = [{ kty: "oct", kid: "a", alg: "HS256", k: secret.toString("base64url") }];
      await compare(
        "jwt",
        { providers: [{ name: "test", local_jwks: { inline_string: JSON.stringify({ keys }) } }] },
        {
          "its first byte differs": () => bearing(changed(code, 0)),
          "its last byte differs": () => bearing(changed(code, code.length - 1)),
          "all of them differ": () => bearing(randomBytes(code.length)),
        },
      );
    },
  );
});
