import { UserError } from "../../errors.js";
import { bytesOfBase64, bytesOfText, type Bytes } from "../bytes.js";
import { mintContentDigest } from "./content-digest.js";
import { mintHmac } from "./hmac.js";
import { mintHttpSignature } from "./http-signature.js";
import { mintJwt } from "./jwt.js";
import { keySet, pemOf } from "./key-sets.js";
import { mintHttpDate, mintNonce, mintUnixTime } from "./times.js";
import type { MintedRequest, Minter, RawJwk, RawMade } from "./types.js";

export type { MintedRequest, Minter, RawJwk, RawMade } from "./types.js";

/** What is made anew each time a case is played, by the word that stands for it in a case. */
const minters: Record<string, Minter> = {
  jwt: mintJwt,
  hmac: mintHmac,
  http_signature: mintHttpSignature,
  content_digest: mintContentDigest,
  http_date: mintHttpDate,
  unix_time: mintUnixTime,
  nonce: mintNonce,
};

const NOBODY: MintedRequest = { method: "GET", path: "/", lines: [], body: "" };

/** The bytes that a value of a case stands for. Credentials are made at this moment, for this request. */
export function bytesOf(value: string | RawMade, request: MintedRequest = NOBODY): Bytes {
  if (typeof value === "string") return bytesOfText(value);
  return bytesOfText(value.prefix ?? "") + madeOf(value, request) + bytesOfText(value.suffix ?? "");
}

function madeOf(value: RawMade, request: MintedRequest): Bytes {
  if (value.base64 !== undefined) return bytesOfBase64(value.base64);
  if (value.joined !== undefined) return joined(value.joined, request);
  if (value.repeated !== undefined) return bytesOf(value.repeated).repeat(value.times ?? 1);
  if (value.jwks !== undefined) return bytesOfText(JSON.stringify(keySet(value.jwks)));
  if (value.pem !== undefined) return bytesOfText(pemOf(value.pem));
  const kind = Object.keys(value).find((name) => Object.hasOwn(minters, name));
  if (kind === undefined)
    throw new UserError(`nobody knows how to make a text of ${Object.keys(value).join(", ") || "nothing"}`);
  return bytesOfText(minters[kind]!(value[kind as "jwt"]!, request));
}

/** A path may have its credential in the middle: what stands before it is the path for which it is made. */
function joined(parts: readonly (string | RawMade)[], request: MintedRequest): Bytes {
  return parts.reduce<Bytes>((done, part) => done + bytesOf(part, { ...request, path: done }), "");
}

/** Whether a value holds, at any depth, what has to be made anew each time. */
export function isMinted(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, inner]) => Object.hasOwn(minters, name) || isMinted(inner));
}

/**
 * A configuration with the keys of this process in it: `{ jwks: [names] }` as a text, `{ jwks_object: [names] }` as
 * an object, `{ pem: name }` as a text. All else stays as it is.
 */
export function withKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withKeys);
  const entries = Object.entries(value);
  const [[name, inner] = []] = entries;
  if (entries.length === 1 && Array.isArray(inner) && inner.every(isKey)) {
    if (name === "jwks") return JSON.stringify(keySet(inner));
    if (name === "jwks_object") return keySet(inner);
  }
  if (entries.length === 1 && name === "pem" && typeof inner === "string" && !inner.startsWith("-----"))
    return pemOf(inner);
  return Object.fromEntries(entries.map(([key, one]) => [key, withKeys(one)]));
}

function isKey(value: unknown): value is string | RawJwk {
  return typeof value === "string" || (typeof value === "object" && value !== null && "key" in value);
}
