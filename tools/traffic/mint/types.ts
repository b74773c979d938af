import type { Bytes } from "../bytes.js";
import type { Line } from "../wire/message.js";

/** The request that a credential is made for, as far as it is known when that is done. */
export interface MintedRequest {
  method: string;
  /** While the path itself is being made, what of it stands in front of the credential. */
  path: Bytes;
  /** All lines that are no credentials, and the credentials that stand before this one. */
  lines: readonly Line[];
  body: Bytes;
}

/**
 * Makes the text of a credential from what a case says of it. Throws a `UserError` for what it does not understand.
 * Credentials of one request that belong together find each other by the request object: each playing has its own.
 */
export type Minter = (spec: object, request: MintedRequest) => string;

/** What a case writes in the place of a text: bytes, or something made of keys that exist in this process only. */
export interface RawMade {
  base64?: string;
  jwt?: object;
  hmac?: object;
  http_signature?: object;
  content_digest?: object;
  http_date?: object;
  unix_time?: object;
  nonce?: object;
  jwks?: (string | RawJwk)[];
  pem?: string;
  joined?: (string | RawMade)[];
  repeated?: string | RawMade;
  times?: number;
  prefix?: string;
  suffix?: string;
}

/** A key of a set, with members that differ from its own; null takes one away. */
export interface RawJwk {
  key: string;
  [member: string]: unknown;
}
