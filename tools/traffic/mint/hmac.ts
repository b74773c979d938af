import { createHmac } from "node:crypto";
import { UserError } from "../../errors.js";
import { bufferOf, bytesOfText, type Bytes } from "../bytes.js";
import { valuesOf } from "../wire/message.js";
import type { MintedRequest } from "./types.js";

/** A signature as a case describes it; docs/schemas/traffic.schema.json says what each part means. */
interface HmacSpec {
  key_id: string;
  key?: string;
  algorithm?: string;
  headers?: string[];
  /** What the client took the request for, where that is not what it sends. */
  as?: { method?: string; path?: string; headers?: Record<string, string> };
  /** What it writes beside the signature, where that is not what it signed. */
  says?: Record<string, string | null>;
  url?: boolean;
  tamper?: string;
}

/** What is signed wherever it is there, where the case does not say. */
const USUAL_HEADERS = ["date", "x-nonce", "content-digest"];

/** What the filter hmac takes for a signature: the value of its header, or of the last parameter of a URL. */
export function mintHmac(raw: object, request: MintedRequest): string {
  const spec = raw as HmacSpec;
  const algorithm = spec.algorithm ?? "hmac-sha256";
  const names = spec.headers ?? usualNames(spec, request);
  const key = spec.key ?? `test-key-of-${spec.key_id}-0123456789abcdef`;
  const code = createHmac(algorithm.replace("hmac-", ""), key)
    .update(bufferOf(messageOf(spec, names, request)))
    .digest();
  const signature = tampered(code, spec.tamper);
  if (spec.url) return signature.toString("hex");
  const said = {
    keyId: spec.key_id,
    algorithm,
    headers: names.join(" "),
    signature: signature.toString("base64"),
  };
  const parameters = Object.entries({ ...said, ...spec.says }).filter(([, value]) => value !== null);
  return `Signature ${parameters.map(([name, value]) => `${name}="${value}"`).join(",")}`;
}

function usualNames({ url }: HmacSpec, { lines }: MintedRequest): string[] {
  const there = USUAL_HEADERS.filter((name) => valuesOf(lines, name).length > 0);
  return ["@request-target", "host", ...(url ? [] : there)];
}

function messageOf(spec: HmacSpec, names: string[], request: MintedRequest): Bytes {
  const lines = names.map((name) => {
    if (name !== "@request-target") return `${name}: ${valueOf(name, spec, request)}`;
    const path = spec.as?.path === undefined ? request.path : bytesOfText(spec.as.path);
    // While a URL is made, its path ends where the signature begins.
    return `${spec.as?.method ?? request.method} ${path.replace(/&hmac_signature=$/, "")}`;
  });
  return [spec.key_id, ...lines].map((line) => `${line}\n`).join("");
}

function valueOf(name: string, { as }: HmacSpec, { lines }: MintedRequest): Bytes {
  const other = as?.headers?.[name];
  if (other !== undefined) return bytesOfText(other);
  // A path is made before the lines are.
  const values = valuesOf(lines, name);
  return values.length === 0 && name === "host" ? "localhost" : values.join(", ");
}

/** What is done to a signature on its way, by name. */
function tampered(code: Buffer, how: string | undefined): Buffer {
  switch (how) {
    case undefined:
      return code;
    case "signature":
      return Buffer.from(code.map((byte, at) => (at === code.length - 1 ? byte ^ 1 : byte)));
    case "truncated":
      return code.subarray(0, -1);
    case "lengthened":
      return Buffer.concat([code, Buffer.of(0)]);
    default:
      throw new UserError(`hmac: nobody knows how to tamper with ${JSON.stringify(how)}`);
  }
}
