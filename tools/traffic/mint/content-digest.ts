import { createHash } from "node:crypto";
import { bufferOf, bytesOfText, type Bytes } from "../bytes.js";
import type { MintedRequest } from "./types.js";

/** What the field says; docs/schemas/traffic.schema.json says what each part means. */
interface DigestSpec {
  by?: string | string[];
  of?: string;
}

/** A `content-digest` field (RFC 9530) about the request's body. */
export function mintContentDigest(spec: object, request: MintedRequest): string {
  const { by = "sha-256", of } = spec as DigestSpec;
  const body = of === undefined ? request.body : bytesOfText(of);
  return [by]
    .flat()
    .map((name) => `${name}=:${digestOf(name, body)}:`)
    .join(", ");
}

function digestOf(name: string, body: Bytes): string {
  return createHash(name.replace("-", "")).update(bufferOf(body)).digest("base64");
}
