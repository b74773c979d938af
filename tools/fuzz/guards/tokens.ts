import type { Random } from "../../parity/random.js";
import { keyNamed, testKeys } from "./keys.js";
import { changedText } from "./requests.js";
import { signatureBy } from "./signatures.js";

const algorithms = [
  "RS256",
  "RS512",
  "PS256",
  "ES256",
  "ES384",
  "EdDSA",
  "HS256",
  "HS512",
  "none",
  "None",
  "es256",
  "",
];
const issuers = [
  "https://issuer.test",
  "https://issuer.test",
  "https://issuer.test",
  "https://issuer.test/",
  "",
  7,
];
const audiences = [["shop"], "shop", ["shop", "other"], ["other"], "other", [], {}, ["Shop"], "shop ", [7]];

/** A token that holds as often as not. */
export function token(random: Random, now: number, keys: readonly string[]): string {
  const key = random.chance(0.85) ? keyNamed(random.pick(keys)) : random.pick(testKeys);
  const alg = random.chance(0.85) ? key.alg : random.pick(algorithms);
  const header = { alg, typ: "JWT", ...odds(random, 0.15, { kid: "nobody" }), ...headerOdds(random) };
  const named = random.chance(0.7) ? { kid: key.kid, ...header } : header;
  const payload = random.chance(0.05) ? random.pick(oddPayloads) : JSON.stringify(claims(random, now));
  const text = `${coded(doubled(random, JSON.stringify(named)))}.${coded(doubled(random, payload))}`;
  return tampered(random, text, signatureBy(alg, key.signs, Buffer.from(text)));
}

const oddPayloads = [
  "",
  "[]",
  "null",
  "7",
  '"x"',
  "{",
  '{"exp":1e400}',
  '{"exp":"9999999999"}',
  '{"exp":null}',
  "{}",
];

function headerOdds(random: Random): object {
  return random.chance(0.9)
    ? {}
    : random.pick([
        { crit: ["exp"] },
        { b64: false, crit: ["b64"] },
        { kid: 7 },
        { jku: "x" },
        { typ: 7 },
        { kid: "" },
      ]);
}

function claims(random: Random, now: number): object {
  const times = [-100_000, -61, -60, -59, -1, 0, 1, 59, 60, 61, 300, 3600, 1e9];
  const near = (usual: number): number => now + (random.chance(0.7) ? usual : random.pick(times));
  return {
    iss: random.chance(0.8) ? issuers[0] : random.pick(issuers),
    ...(random.chance(0.9) ? { aud: random.chance(0.7) ? "shop" : random.pick(audiences) } : {}),
    sub: random.pick(["alice", "alice", "bob", "", 7]),
    ...(random.chance(0.9)
      ? { exp: random.chance(0.95) ? near(300) : random.pick([`${now + 300}`, -1, 1e300, null, true]) }
      : {}),
    ...odds(random, 0.3, { nbf: near(-10) }),
    ...odds(random, 0.3, { iat: near(-10) }),
    ...odds(random, 0.5, { tenant: random.pick(["acme", null, {}]) }),
  };
}

function odds(random: Random, probability: number, members: object): object {
  return random.chance(probability) ? members : {};
}

/** A member a second time, in front or at the end. */
function doubled(random: Random, json: string): string {
  if (!random.chance(0.03) || !json.endsWith("}")) return json;
  const member = random.pick([
    '"alg":"none"',
    '"exp":1',
    '"exp":99999999999',
    '"iss":"x"',
    '"kid":"x"',
    '"aud":"shop"',
  ]);
  return random.chance(0.5) ? `{${member},${json.slice(1)}` : `${json.slice(0, -1)},${member}}`;
}

function tampered(random: Random, text: string, signature: Buffer): string {
  const plain = `${text}.${signature.toString("base64url")}`;
  return random.weigh<() => string>([
    [14, () => plain],
    [1, () => `${text}.${flipped(random, signature).toString("base64url")}`],
    [0.5, () => `${text}.`],
    [0.5, () => text],
    [0.5, () => `${text}.${signature.subarray(0, random.below(signature.length + 1)).toString("base64url")}`],
    [0.5, () => `${text}.${Buffer.alloc(signature.length).toString("base64url")}`],
    [0.5, () => `${text}.${Buffer.concat([signature, Buffer.of(0)]).toString("base64url")}`],
    [0.5, () => `${text}.${signature.toString("base64")}`],
    [0.5, () => `${plain}.${random.pick(["", "x"])}`],
    [2, () => changedText(random, plain)],
  ])();
}

function flipped(random: Random, signature: Buffer): Buffer {
  const copy = Buffer.from(signature);
  if (copy.length > 0) copy[random.below(copy.length)]! ^= 1 << random.below(8);
  return copy;
}

function coded(text: string): string {
  return Buffer.from(text).toString("base64url");
}
