import { createHash, createHmac } from "node:crypto";
import type { Header } from "../../emulator/index.js";
import type { Random } from "../../parity/random.js";
import { bytes, onlyOf, valuesOf, type Attempt, type Guard, type Seen } from "./guard.js";
import { changedText, mutated, request } from "./requests.js";
import { isDigest } from "./digest.js";

const secrets: Record<string, string> = {
  "alice-1": "test-key-of-alice-1-0123456789abcdef",
  "bob-1": "test-key-of-bob-1-0123456789abcdefgh",
};
const skew = 300;

const configuration = {
  credentials: Object.entries(secrets).map(([key_id, key]) => ({
    key_id,
    key,
    client: key_id.split("-")[0],
  })),
};

interface Said {
  keyId: string;
  algorithm: string;
  headers: string[];
}

/** What is signed: a line for the key, and one for each name. */
function messageOf({ keyId, headers }: Said, lines: readonly Header[]): string {
  const value = (name: string): string =>
    name === "@request-target"
      ? `${valuesOf(lines, ":method")[0]} ${valuesOf(lines, ":path")[0]}`
      : `${name}: ${valuesOf(lines, name === "host" ? ":authority" : name).join(", ")}`;
  return [keyId, ...headers.map(value)].map((line) => `${line}\n`).join("");
}

function codeOf(said: Said, lines: readonly Header[]): string {
  const hash = said.algorithm.replace("hmac-", "");
  const key = secrets[said.keyId] ?? "test-key-of-nobody-0123456789abcdef";
  return createHmac(hash, key)
    .update(bytes(messageOf(said, lines)))
    .digest("base64");
}

function signed(random: Random, now: number, attempt: Attempt): Attempt {
  const offset = random.chance(0.8) ? 0 : random.pick([-1e6, -301, -300, -299, 299, 300, 301, 1e6]);
  const digest = createHash("sha256").update(bytes(attempt.body)).digest("base64");
  const withBody: Header[] =
    attempt.body === "" && random.chance(0.7) ? [] : [["content-digest", `sha-256=:${digest}:`]];
  const lines: Header[] = [
    ...attempt.headers,
    ["date", new Date((now + offset) * 1000).toUTCString()],
    ...withBody,
  ];
  const names = ["@request-target", "host", "date", ...withBody.map(([name]) => name)];
  const said = {
    keyId: random.pick([...Object.keys(secrets), ...Object.keys(secrets), "nobody"]),
    algorithm: random.pick(["hmac-sha256", "hmac-sha256", "hmac-sha384", "hmac-sha512"]),
    headers: random.chance(0.85) ? names : names.filter(() => random.chance(0.7)),
  };
  const code = random.chance(0.9) ? codeOf(said, lines) : changedText(random, codeOf(said, lines));
  const text = `Signature keyId="${said.keyId}",algorithm="${said.algorithm}",headers="${said.headers.join(" ")}",signature="${code}"`;
  return { ...attempt, headers: [...lines, ["authorization", text]] };
}

/** The parameters of a signature; null where it is none. */
function saidIn(text: string): (Said & { signature: string }) | null {
  const found: Record<string, string> = {};
  for (const [, name, value] of text.replace(/^signature /i, "").matchAll(/(\w+)="([^"]*)"/g))
    found[name!] ??= value!;
  const { keyId, algorithm, headers, signature } = found;
  if (keyId === undefined || algorithm === undefined || headers === undefined || signature === undefined)
    return null;
  return { keyId, algorithm, headers: headers.split(" "), signature };
}

/** Whether a request is signed by somebody who is known, lately, and for the first time. */
function isGood({ headers, body, now }: Seen, used: Set<string>): boolean {
  const said = saidIn(onlyOf(headers, "authorization") ?? "");
  if (said === null || secrets[said.keyId] === undefined) return false;
  if (!/^hmac-sha(256|384|512)$/.test(said.algorithm)) return false;
  if (!["@request-target", "host", "date"].every((name) => said.headers.includes(name))) return false;
  const date = Date.parse(onlyOf(headers, "date") ?? "") / 1000;
  if (!(Math.abs(date - now) <= skew + 1)) return false;
  if (codeOf(said, headers) !== said.signature || used.has(said.signature)) return false;
  used.add(said.signature);
  return (
    body === "" ||
    (said.headers.includes("content-digest") && isDigest(onlyOf(headers, "content-digest") ?? "", body))
  );
}

export const hmac: Guard = () => {
  const used = new Set<string>();
  let last: Attempt | null = null;
  return {
    configuration,
    attempt: (random, now) => {
      if (last !== null && random.chance(0.1)) return last;
      const made = {
        ...request(random, random.pick(["/orders", "/orders?a=b", "/"])),
        body: random.pick(["", "", "hello"]),
      };
      return (last = mutated(random, signed(random, now, made)));
    },
    mayPass: (seen) => isGood(seen, used),
  };
};
