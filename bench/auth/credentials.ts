import type { Lines } from "../envoy/subject.js";
import type { Issuer } from "./tokens.js";

/** What the requests of a measurement carry. */
export interface Credentials {
  /** Headers of the nth request. */
  headers(n: number): Lines;
  /** Header lines that must be refused. */
  readonly wrong: readonly Lines[];
  /** What the upstream is told of whoever sent the first request, where the workload tells it. */
  readonly consumer?: string;
}

/** Consumers of W2, by their keys. */
export const CONSUMERS: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 100 }, (_, i) => [`k${i}`, `consumer-${i}`]),
);

/** The key of one consumer with each request. */
export const ONE_KEY: Credentials = {
  headers: () => [["x-api-key", "k57"]],
  wrong: [[], [["x-api-key", "nope"]]],
  consumer: "consumer-57",
};

/** More tokens than any memory of theirs has room for, used in turn. */
const FRESH = 1200;

/** A token that has not come for a long time with each request. */
export function freshTokens(issuer: Issuer): Credentials {
  return tokens(issuer, FRESH);
}

/** The same token with each request. */
export function oneToken(issuer: Issuer): Credentials {
  return tokens(issuer, 1);
}

function tokens(issuer: Issuer, count: number): Credentials {
  return {
    headers: (n) => [bearer(issuer.token(n % count))],
    wrong: [[], [bearer(tampered(issuer.token(0)))], [["authorization", `Basic ${issuer.token(0)}`]]],
  };
}

function bearer(token: string): readonly [string, string] {
  return ["authorization", `Bearer ${token}`];
}

/** The token with another payload under its signature. */
function tampered(token: string): string {
  const [header, payload, signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload!, "base64url").toString()) as object;
  const changed = Buffer.from(JSON.stringify({ ...claims, sub: "admin" })).toString("base64url");
  return [header, changed, signature].join(".");
}
