import type { Row } from "../envoy/results.js";
import { RUST_SDK } from "../variants/rust.js";
import { CONSUMERS, freshTokens, oneToken, ONE_KEY } from "./credentials.js";
import { nativeApiKey, nativeJwt } from "./native.js";
import type { AuthRow } from "./row.js";
import { ISSUER, issuerOf, SECRET } from "./tokens.js";
import type { Issuer } from "./tokens.js";

/** What a row's added instructions may be at most: a share of another row's, or so many. */
export interface Bound {
  readonly row: string;
  readonly of?: string;
  readonly atMost: number;
}

/** Rows that are measured in one Envoy. Under valgrind one has room for four wasm filters. */
export interface Workload {
  readonly title: string;
  readonly rows: readonly AuthRow[];
  readonly bounds: readonly Bound[];
}

const RUST = `Rust ${RUST_SDK}`;
const OWN = "meshscript";
const CACHED = "meshscript, token cache";
const API_KEY = "filters/api-key";
const JWT = "filters/jwt";
const JWT_AGAIN = "filters/jwt, the same token";
/** What a shipped filter may cost more than the bench filter that does only the workload. */
const TWIN = 1.3;

const credentials = Object.entries(CONSUMERS);
const native: Row = { name: "", module: null, configuration: "-" };
const generated = (name: string, module: string): Row => ({ name, module, configuration: "generated" });

/** W2: an API key of a hundred, and its consumer told to the upstream. */
export function w2(): Workload[] {
  const rows: Omit<AuthRow, "credentials">[] = [
    { ...native, name: "native api_key_auth", native: nativeApiKey },
    { name: RUST, module: "rust-w2", configuration: "full callbacks", settings: { keys: CONSUMERS } },
    {
      ...generated(OWN, "w2"),
      settings: { credentials: credentials.map(([key, consumer]) => ({ key, consumer })) },
    },
    { ...generated(API_KEY, "api-key"), settings: apiKeySettings() },
  ];
  const bounds = [
    { row: OWN, of: RUST, atMost: 0.78 },
    { row: API_KEY, of: OWN, atMost: TWIN },
  ];
  return [{ title: "W2", rows: rows.map((row) => ({ ...row, credentials: ONE_KEY })), bounds }];
}

function apiKeySettings(): object {
  return {
    credentials: credentials.map(([key, client]) => ({ key, client })),
    key_sources: [{ header: "x-api-key" }],
    forwarding: { header: "x-consumer", hide_credentials: false },
  };
}

/** W3: a bearer token by HMAC with SHA-256, another one with each request and then the same one again and again. */
export function w3(): Workload[] {
  const issuer = issuerOf("HS256");
  const fresh = { credentials: freshTokens(issuer) };
  const again = { credentials: oneToken(issuer) };
  const nativeName = "native jwt_authn";
  const first: AuthRow[] = [
    { ...native, ...fresh, name: nativeName, native: nativeJwt(issuer, false) },
    {
      name: RUST,
      module: "rust-w3",
      configuration: "full callbacks",
      settings: { secret: SECRET },
      ...fresh,
    },
    { ...generated(OWN, "w3"), ...fresh, settings: { jwks: issuer.jwks } },
    { ...generated(JWT, "jwt"), ...fresh, settings: jwtSettings(issuer) },
  ];
  const second: AuthRow[] = [
    { ...native, ...again, name: "native jwt_authn, token cache", native: nativeJwt(issuer, true) },
    { ...generated(CACHED, "w3-cached"), ...again, settings: { jwks: issuer.jwks } },
    { ...generated(JWT_AGAIN, "jwt"), ...again, settings: jwtSettings(issuer) },
  ];
  return [
    {
      title: "W3: HS256, another token each time",
      rows: first,
      bounds: [
        { row: OWN, of: RUST, atMost: 0.65 },
        { row: OWN, of: nativeName, atMost: 0.3 },
        { row: JWT, of: OWN, atMost: TWIN },
      ],
    },
    { title: "W3: HS256, the same token each time", rows: second, bounds: cachedBounds() },
  ];
}

function cachedBounds(): Bound[] {
  return [
    { row: CACHED, atMost: 22_000 },
    { row: JWT_AGAIN, of: CACHED, atMost: TWIN },
  ];
}

/** Public keys: RS256 by the host and by our own code, ES256 and Ed25519 by our own code, ES256 by the host. */
export function keys(): Workload[] {
  return [rs256(), es256(), ed25519()];
}

function rs256(): Workload {
  const { issuer, rows, nativeName } = publicKey("RS256");
  const own: AuthRow = {
    ...generated("meshscript, own code", "w3"),
    credentials: rows[0]!.credentials,
    settings: { jwks: issuer.jwks, host_crypto: "never" },
  };
  const cached: AuthRow = {
    ...generated(CACHED, "w3-cached"),
    credentials: oneToken(issuer),
    settings: { jwks: issuer.jwks },
  };
  const bounds = [
    { row: OWN, of: nativeName, atMost: 0.95 },
    { row: CACHED, atMost: 22_000 },
    { row: JWT, of: OWN, atMost: TWIN },
  ];
  return { title: "RS256", rows: [...rows, own, cached], bounds };
}

function es256(): Workload {
  const { issuer, rows, nativeName } = publicKey("ES256");
  const host: AuthRow = {
    ...generated("meshscript, host crypto", "w3"),
    credentials: rows[0]!.credentials,
    settings: { jwks: issuer.jwks, host_crypto: "rsa_and_ecdsa" },
  };
  const bounds = [
    { row: OWN, of: nativeName, atMost: 0.8 },
    { row: host.name, of: nativeName, atMost: 0.95 },
    { row: JWT, of: OWN, atMost: TWIN },
  ];
  return { title: "ES256", rows: [...rows, host], bounds };
}

function ed25519(): Workload {
  const { rows } = publicKey("EdDSA");
  const bounds = [
    { row: OWN, atMost: 500_000 },
    { row: JWT, of: OWN, atMost: TWIN },
  ];
  return { title: "EdDSA (Ed25519)", rows, bounds };
}

/** Envoy's own filter, the bench filter and the shipped one, with another token each time. */
function publicKey(algorithm: "RS256" | "ES256" | "EdDSA") {
  const issuer = issuerOf(algorithm);
  const fresh = { credentials: freshTokens(issuer) };
  const nativeName = "native jwt_authn";
  const rows: AuthRow[] = [
    { ...native, ...fresh, name: nativeName, native: nativeJwt(issuer, false) },
    { ...generated(OWN, "w3"), ...fresh, settings: { jwks: issuer.jwks } },
    { ...generated(JWT, "jwt"), ...fresh, settings: jwtSettings(issuer) },
  ];
  return { issuer, rows, nativeName };
}

function jwtSettings({ jwks }: Issuer): object {
  return {
    providers: [{ name: "bench", issuer: ISSUER, forward: true, local_jwks: { inline_string: jwks } }],
    rules: [{ match: { prefix: "/" }, requires: { provider_name: "bench" } }],
  };
}
