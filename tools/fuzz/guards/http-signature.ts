import {
  constants,
  createHash,
  createHmac,
  createPublicKey,
  sign,
  verify,
  type KeyObject,
} from "node:crypto";
import type { Header } from "../../emulator/index.js";
import type { Random } from "../../parity/random.js";
import { bytes, onlyOf, valuesOf, type Attempt, type Guard, type Seen } from "./guard.js";
import { keyNamed } from "./keys.js";
import { changedText, mutated, request } from "./requests.js";
import { isDigest } from "./digest.js";

const secret = "test-key-of-dora-0123456789abcdefghi";
const [maxAge, skew] = [300, 60];

interface Way {
  alg: string;
  sign(text: Buffer): Buffer;
  verify(text: Buffer, signature: Buffer): boolean;
}

function way(alg: string, key: KeyObject, hash: string | null, options: object): Way {
  return {
    alg,
    sign: (text) => sign(hash, text, { key, ...options }),
    verify: (text, signature) => verify(hash, text, { key: createPublicKey(key), ...options }, signature),
  };
}

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 };
const code = (text: Buffer): Buffer => createHmac("sha256", secret).update(text).digest();
/** Signature algorithms of RFC 9421, section 3.3, by the names of the keys. */
const ways: Record<string, Way> = {
  "test-es": way("ecdsa-p256-sha256", keyNamed("test-es").signs, "sha256", { dsaEncoding: "ieee-p1363" }),
  "test-ed": way("ed25519", keyNamed("test-ed").signs, null, {}),
  "test-ps": way("rsa-pss-sha512", keyNamed("test-ps").signs, "sha512", pss),
  dora: { alg: "hmac-sha256", sign: code, verify: (text, signature) => code(text).equals(signature) },
};

const pem = (kid: string): string => keyNamed(kid).verifies.export({ type: "spki", format: "pem" }) as string;
const configuration = {
  credentials: [
    { client: "erin", key_id: "test-es", public_key: pem("test-es") },
    { client: "ed", key_id: "test-ed", public_key: pem("test-ed") },
    { client: "paul", key_id: "test-ps", public_key: pem("test-ps"), algorithm: "rsa-pss-sha512" },
    { client: "dora", key_id: "dora", secret },
  ],
};
const needed = ['"@method"', '"@authority"', '"@path"', '"@query"'];

/** The value of a component; null where the request has none, or it is of a kind that is not tried. */
function valueOf(component: string, lines: readonly Header[]): string | null {
  const name = component.slice(1, -1);
  const [path = "", query] = (valuesOf(lines, ":path")[0] ?? "").split(/\?(.*)/s);
  if (name === "@method") return onlyOf(lines, ":method");
  if (name === "@authority") return onlyOf(lines, ":authority")?.toLowerCase() ?? null;
  if (name === "@path") return path === "" ? "/" : path;
  if (name === "@query") return `?${query ?? ""}`;
  const values = valuesOf(lines, name);
  return values.length === 0 ? null : values.map((value) => value.trim()).join(", ");
}

/** What is signed; null where something of it is not there. */
function baseOf(said: string, lines: readonly Header[]): string | null {
  const components = said.slice(1, said.indexOf(")")).split(" ").filter(Boolean);
  if (new Set(components).size !== components.length) return null;
  const values = components.map((one) => valueOf(one, lines));
  if (values.includes(null)) return null;
  return [...components.map((one, at) => `${one}: ${values[at]}`), `"@signature-params": ${said}`].join("\n");
}

function signed(random: Random, now: number, attempt: Attempt): Attempt {
  const digest = createHash("sha512").update(bytes(attempt.body)).digest("base64");
  const extra: Header[] =
    attempt.body === "" && random.chance(0.7) ? [] : [["content-digest", `sha-512=:${digest}:`]];
  const lines = [...attempt.headers, ...extra];
  const all = [...needed, ...extra.map(([name]) => `"${name}"`)];
  const components = random.chance(0.85) ? all : all.filter(() => random.chance(0.7));
  const keyid = random.chance(0.95) ? random.pick(Object.keys(ways)) : "nobody";
  const created =
    now + (random.chance(0.8) ? 0 : random.pick([-1e6, -361, -360, -301, -300, 59, 60, 61, 1e6]));
  const alg = random.chance(0.7)
    ? ""
    : `;alg="${random.chance(0.8) ? (ways[keyid]?.alg ?? "") : "hmac-sha256"}"`;
  const ends = random.chance(0.8) ? "" : `;expires=${created + random.pick([-1, 1, 100, 1e6])}`;
  const said = `(${components.join(" ")});created=${created}${ends};keyid="${keyid}"${alg}`;
  const base = baseOf(said, lines) ?? "";
  const signature = (ways[keyid] ?? ways["dora"]!).sign(bytes(base)).toString("base64");
  const shown = random.chance(0.9) ? signature : changedText(random, signature);
  return {
    ...attempt,
    headers: [...lines, ["signature-input", `sig1=${said}`], ["signature", `sig1=:${shown}:`]],
  };
}

/** Whether a request is signed by somebody who is known, lately, and for the first time. */
function isGood({ headers, body, now }: Seen, used: Set<string>): boolean {
  const [, label, said] =
    /^\s*([a-z*][a-z0-9_.*-]*)=(\("[^()]*\)[^,]*)$/.exec(
      valuesOf(headers, "signature-input").join(", ").trimEnd(),
    ) ?? [];
  if (label === undefined || said === undefined) return false;
  const signature = new RegExp(`(?:^|,)\\s*${label.replace(/[.*]/g, "\\$&")}=:([A-Za-z0-9+/]*={0,2}):`).exec(
    valuesOf(headers, "signature").join(", "),
  );
  const components = said.slice(1, said.indexOf(")")).split(" ");
  const base = baseOf(said, headers);
  const keyid = /;keyid="([^"]*)"/.exec(said)?.[1] ?? "";
  const holder = ways[keyid];
  if (!signature || base === null || holder === undefined || used.has(base)) return false;
  if (!needed.every((one) => components.includes(one)) || !isTimely(said, now)) return false;
  const alg = /;alg="([^"]*)"/.exec(said)?.[1];
  if (alg !== undefined && alg !== holder.alg) return false;
  if (!holder.verify(bytes(base), Buffer.from(signature[1]!, "base64"))) return false;
  used.add(base);
  return (
    body === "" ||
    (components.includes('"content-digest"') && isDigest(onlyOf(headers, "content-digest") ?? "", body))
  );
}

function isTimely(said: string, now: number): boolean {
  const created = Number(/;created=(\d+)/.exec(said)?.[1] ?? NaN);
  const expires = Number(/;expires=(\d+)/.exec(said)?.[1] ?? Infinity);
  return created <= now + skew && now <= Math.min(created + maxAge, expires) + skew;
}

export const httpSignature: Guard = () => {
  const used = new Set<string>();
  let last: Attempt | null = null;
  return {
    configuration,
    attempt: (random, now) => {
      if (last !== null && random.chance(0.1)) return last;
      const path = random.pick(["/orders", "/orders?a=b", "/", "/orders?", "/a%20b?c=%41"]);
      const made = { ...request(random, path), body: random.pick(["", "", "hello"]) };
      return (last = mutated(random, signed(random, now, made)));
    },
    mayPass: (seen) => isGood(seen, used),
  };
};
