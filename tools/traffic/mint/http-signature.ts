import { createSecretKey, randomBytes } from "node:crypto";
import { UserError } from "../../errors.js";
import { baseOf } from "./signature-base.js";
import { keyNamed, type MintedKey } from "./keys.js";
import { signatureOf } from "./signatures.js";
import { secondsOf } from "./times.js";
import type { MintedRequest } from "./types.js";

/** A signature as a case describes it; docs/schemas/traffic.schema.json says what each part means. */
interface SignatureSpec {
  key?: string;
  secret?: string;
  label?: string;
  components?: string[];
  parameters?: Record<string, string | number | null>;
  pin?: string;
  as?: Record<string, string>;
  says?: string;
  sign_as?: string;
  tamper?: string;
  /** The label of a signature whose `signature-input` stands before this: its field `signature`. */
  of?: string;
  under?: string;
}

const USUAL_COMPONENTS = ["@method", "@authority", "@path", "@query"];
/** Algorithms of RFC 9421 by those of the keys. */
const NAMES: Record<string, string> = {
  "rsa-v1_5-sha256": "RS256",
  "rsa-pss-sha512": "PS512",
  "ecdsa-p256-sha256": "ES256",
  "ecdsa-p384-sha384": "ES384",
  ed25519: "EdDSA",
  "hmac-sha256": "HS256",
};

/** Signatures by label: the two fields of a request are made one right after the other. */
const made = new Map<string, string>();

/** A member of the field `signature-input` or, with `of`, of the field `signature` (RFC 9421, section 4). */
export function mintHttpSignature(raw: object, request: MintedRequest): string {
  const spec = raw as SignatureSpec;
  if (spec.of !== undefined) return `${spec.under ?? spec.of}=:${made.get(spec.of)}:`;
  const { label = "sig1", components = USUAL_COMPONENTS } = spec;
  const list = components.map((one) => (one.startsWith('"') ? one : `"${one}"`));
  const input = `(${list.join(" ")})${parametersOf(spec)}`;
  const base = baseOf(list, input, request, spec.as ?? {});
  const signature = tampered(signatureOf(base, signerOf(spec)), spec.tamper).toString("base64");
  made.set(label, signature);
  return `${label}=${spec.says ?? input}`;
}

/**
 * `created` is now, `keyid` the key's name and `nonce` what nobody has used yet, unless told otherwise. Times may be texts such
 * as "-10".
 */
function parametersOf({ key, parameters, pin }: SignatureSpec): string {
  const nonce = pin ?? randomBytes(12).toString("hex");
  const all = Object.entries({ created: "+0", keyid: key ?? "shared", nonce, ...parameters });
  return all
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `;${name}=${parameterOf(name, value, pin)}`)
    .join("");
}

function parameterOf(name: string, value: string | number | null, pin: string | undefined): string {
  if (typeof value === "number") return String(value);
  const isTime = name === "created" || name === "expires";
  return isTime ? String(secondsOf({ at: value, pin })) : `"${value}"`;
}

function signerOf({ key, secret, sign_as: name }: SignatureSpec): MintedKey {
  if (secret !== undefined) {
    const own = createSecretKey(Buffer.from(secret));
    return { name: "shared", algorithm: "HS256", private: own, public: own };
  }
  if (key === undefined) throw new UserError("http_signature: a signature is made by a key or by a secret");
  const minted = keyNamed(key);
  return name === undefined ? minted : { ...minted, algorithm: NAMES[name]! };
}

/** What is done to a signature on its way, by name. */
function tampered(signature: Buffer, how: string | undefined): Buffer {
  switch (how) {
    case undefined:
      return signature;
    case "signature":
      return Buffer.from(signature.map((byte, at) => (at === signature.length - 1 ? byte ^ 1 : byte)));
    case "truncated":
      return signature.subarray(0, -1);
    case "lengthened":
      return Buffer.concat([signature, Buffer.of(0)]);
    case "zeros":
      return Buffer.alloc(signature.length);
    default:
      throw new UserError(`http_signature: nobody knows how to tamper with ${JSON.stringify(how)}`);
  }
}
