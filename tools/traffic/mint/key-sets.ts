import { keyNamed } from "./keys.js";
import type { RawJwk } from "./types.js";

/** The public halves of keys as a JWK set, each under its name; of `hs` keys the secret itself. */
export function keySet(keys: readonly (string | RawJwk)[]): { keys: object[] } {
  return { keys: keys.map((one) => (typeof one === "string" ? jwkOf({ key: one }) : jwkOf(one))) };
}

function jwkOf({ key: name, ...members }: RawJwk): object {
  const { algorithm: alg, public: key } = keyNamed(name);
  const all = { kid: name, alg, use: "sig", ...key.export({ format: "jwk" }), ...members };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

/** A key's public half in PEM. */
export function pemOf(name: string): string {
  return keyNamed(name).public.export({ type: "spki", format: "pem" }).toString();
}
