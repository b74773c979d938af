import { createSecretKey } from "node:crypto";
import { UserError } from "../../errors.js";
import { pemOf } from "./key-sets.js";
import { keyNamed, type MintedKey } from "./keys.js";
import { derSignatureOf, signatureOf } from "./signatures.js";

/** A token as a case describes it; docs/schemas/traffic.schema.json says what each part means. */
interface JwtSpec {
  key: string;
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  payload?: string | { repeated: string; times: number };
  sign_as?: string;
  secret?: "pem" | "empty";
  tamper?: string;
}

/** What a token says of itself where the case says nothing. */
const USUAL_CLAIMS = { iss: "https://issuer.test", sub: "alice", iat: "-1", exp: "+300" };
/** Claims that are times: "+60" is a minute from now. */
const TIMES = new Set(["exp", "nbf", "iat"]);

/** A signed token in compact form. */
export function mintJwt(raw: object): string {
  const spec = raw as JwtSpec;
  const key = signer(spec);
  const header = JSON.stringify(without({ alg: key.algorithm, typ: "JWT", kid: spec.key, ...spec.header }));
  const content = `${coded(header)}.${coded(payloadOf(spec))}`;
  return tampered(content, key, spec.tamper);
}

function signer({ key: name, sign_as: algorithm, secret }: JwtSpec): MintedKey {
  const key = keyNamed(name);
  if (secret === undefined) return algorithm === undefined ? key : { ...key, algorithm };
  const bytes = Buffer.from(secret === "pem" ? pemOf(name) : "");
  return { ...key, algorithm: algorithm ?? "HS256", private: createSecretKey(bytes) };
}

function payloadOf({ claims, payload }: JwtSpec): string {
  if (typeof payload === "string") return payload;
  if (payload !== undefined) return payload.repeated.repeat(payload.times);
  const now = Math.floor(Date.now() / 1000);
  const all = Object.entries({ ...USUAL_CLAIMS, ...claims });
  return JSON.stringify(
    without(Object.fromEntries(all.map(([name, value]) => [name, timed(name, value, now)]))),
  );
}

function timed(name: string, value: unknown, now: number): unknown {
  const relative = TIMES.has(name) && typeof value === "string" && /^[+-][0-9]+$/.test(value);
  return relative ? now + Number(value) : value;
}

function without(members: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
}

/** What is done to a token on its way, by name. */
function tampered(content: string, key: MintedKey, how: string | undefined): string {
  const [header, payload] = content.split(".") as [string, string];
  const signed = (bytes = signatureOf(content, key)): string => `${content}.${bytes.toString("base64url")}`;
  switch (how) {
    case undefined:
      return signed();
    case "signature":
      return signed(flipped(signatureOf(content, key)));
    case "truncated":
      return signed(signatureOf(content, key).subarray(0, -1));
    case "lengthened":
      return signed(Buffer.concat([signatureOf(content, key), Buffer.of(0)]));
    case "zeros":
      return signed(Buffer.alloc(signatureOf(content, key).length));
    case "unsigned":
      return `${content}.`;
    case "two parts":
      return content;
    case "four parts":
      return `${signed()}.e30`;
    case "padded":
      return `${content}.${signatureOf(content, key).toString("base64")}`;
    case "der":
      return signed(derSignatureOf(content, key.algorithm, key.private));
    case "payload":
      return `${header}.${coded(`${Buffer.from(payload, "base64url").toString()} `)}.${signed().split(".")[2]}`;
    default:
      throw new UserError(`jwt: nobody knows how to tamper with ${JSON.stringify(how)}`);
  }
}

function flipped(bytes: Buffer): Buffer {
  bytes[bytes.length - 1]! ^= 1;
  return bytes;
}

function coded(text: string): string {
  return Buffer.from(text).toString("base64url");
}
