import type { JsonWebKey, KeyObject } from "node:crypto";
import { isSignature } from "./signatures.js";

/** What a provider asks of its tokens. */
export interface Asked {
  keys: readonly { kid: string; alg: string; verifies: KeyObject; jwk: JsonWebKey }[];
  issuer?: string;
  audiences?: readonly string[];
  algorithms?: readonly string[];
  subject?: string;
  /** Seconds. */
  lifetime?: number;
  claim?: string;
}

/** By how many seconds clocks may differ. */
const skew = 60;
/** What a fraction of a second may make out. */
const grain = 1;
const base64url = /^[A-Za-z0-9_-]*$/;

/** Whether a token may be taken for a good one: Node's cryptography and JSON, and RFC 7515, 7519 and 8725 read anew. */
export function isGood(token: string, asked: Asked, now: number): boolean {
  const parts = token.split(".");
  if (parts.length !== 3 || !parts.every((part) => base64url.test(part) && part.length % 4 !== 1))
    return false;
  const [header, claims] = [objectIn(parts[0]!), objectIn(parts[1]!)];
  if (header === null || claims === null) return false;
  return isSigned(parts, header, asked) && isTimely(claims, asked, now) && isMeant(claims, asked);
}

type Members = Record<string, unknown>;

function objectIn(part: string): Members | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : null;
  } catch {
    return null;
  }
}

function isSigned(parts: readonly string[], header: Members, { keys, algorithms }: Asked): boolean {
  const { alg, kid, crit } = header;
  if (typeof alg !== "string" || crit !== undefined) return false;
  if (algorithms && !algorithms.includes(alg)) return false;
  const text = Buffer.from(`${parts[0]}.${parts[1]}`);
  const signature = Buffer.from(parts[2]!, "base64url");
  // Another spelling of the same bytes is another token: nobody has issued it.
  if (signature.toString("base64url") !== parts[2]) return false;
  const candidates = keys.filter((key) => kid === undefined || kid === key.kid);
  return candidates.some(
    ({ jwk, verifies }) =>
      (jwk["alg"] === undefined || jwk["alg"] === alg) && isSignature(alg, verifies, text, signature),
  );
}

function isTimely({ exp, nbf, iat }: Members, { lifetime }: Asked, now: number): boolean {
  if (typeof exp !== "number" || exp + skew + grain <= now) return false;
  if (lifetime !== undefined && exp - now > lifetime + skew + grain) return false;
  return [nbf, iat].every(
    (time) => time === undefined || (typeof time === "number" && time <= now + skew + grain),
  );
}

function isMeant(
  { iss, aud, sub, ...others }: Members,
  { issuer, audiences, subject, claim }: Asked,
): boolean {
  if (issuer !== undefined && iss !== issuer) return false;
  if (subject !== undefined && sub !== subject) return false;
  if (claim !== undefined && others[claim] === undefined) return false;
  return audiences === undefined || [aud].flat().some((one) => audiences.includes(one as string));
}
