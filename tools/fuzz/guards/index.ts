import { apiKey } from "./api-key.js";
import { authz } from "./authz.js";
import { basicAuth } from "./basic-auth.js";
import { cors } from "./cors.js";
import { csrf } from "./csrf.js";
import { authorityFor } from "./ext-authz.js";
import type { Guard } from "./guard.js";
import { hmac } from "./hmac.js";
import { httpSignature } from "./http-signature.js";
import { ipRestriction } from "./ip-restriction.js";
import { jwt } from "./jwt.js";

const guards: Record<string, Guard> = {
  "api-key": apiKey,
  authz,
  "basic-auth": basicAuth,
  cors,
  csrf,
  "ext-authz": authorityFor("ext-authz"),
  "ext-authz-grpc": authorityFor("ext-authz-grpc"),
  "ext-authz-opa": authorityFor("ext-authz-opa"),
  hmac,
  "http-signature": httpSignature,
  "ip-restriction": ipRestriction,
  jwt,
};

/** The guard of a filter, null for one that guards nothing, or that nobody has an opinion about. */
export function guardOf(filter: string): Guard | null {
  return guards[filter] ?? null;
}

/** Filters that somebody has an opinion about. */
export function guardedFilters(): string[] {
  return Object.keys(guards);
}
