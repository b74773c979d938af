import type { Tree } from "../../../envoy/yaml.js";
import { keySet } from "../../../traffic/mint/key-sets.js";
import type { Variant } from "../../pair.js";
import { knownKeys } from "./tokens.js";

const nativeType = "type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication";

type Settings = { [key: string]: Tree };

/** Where tokens stand in a variant's requests. */
export interface Place {
  header?: string;
  prefix?: string;
  query?: string;
  cookie?: string;
}

export interface JwtVariant extends Variant {
  places: Place[];
}

const bearer: Place = { header: "authorization", prefix: "Bearer " };

function jwks(names: readonly string[]): Settings {
  return { inline_string: JSON.stringify(keySet(names)) };
}

/** `own` are settings that Envoy's filter has not, or has another default for. */
function variant(
  name: string,
  providers: Record<string, Settings>,
  rules: Settings[],
  places: Place[] = [bearer],
  own: Settings = {},
): JwtVariant {
  const listed = Object.entries(providers).map(([provider, settings]) => ({
    name: provider,
    require_expiration: false,
    ...settings,
    ...own,
  }));
  return {
    name,
    places,
    ours: { providers: listed, rules },
    native: { filter: { "@type": nativeType, providers, rules } },
  };
}

function main(settings: Settings = {}): Settings {
  return {
    issuer: "https://issuer.test",
    audiences: ["shop", "stock"],
    local_jwks: jwks(knownKeys),
    ...settings,
  };
}

const claimHeaders: Settings[] = [
  { header_name: "x-sub", claim_name: "sub" },
  { header_name: "x-staff", claim_name: "staff" },
  { header_name: "x-team", claim_name: "org.team.name" },
  { header_name: "x-level", claim_name: "level" },
  { header_name: "x-roles", claim_name: "roles" },
];

const always = (requires: Settings): Settings[] => [{ match: { prefix: "/" }, requires }];

export function makeVariants(): JwtVariant[] {
  return [
    variant(
      "usual",
      { main: main({ forward_payload_header: "x-payload", claim_to_headers: claimHeaders }) },
      always({ provider_name: "main" }),
    ),
    variant(
      "places",
      {
        main: main({
          from_headers: [{ name: "authorization", value_prefix: "Bearer " }, { name: "x-token" }],
          from_params: ["token"],
          from_cookies: ["jwt"],
          forward: true,
        }),
      },
      always({ provider_name: "main" }),
      [bearer, { header: "x-token" }, { query: "token" }, { cookie: "jwt" }],
    ),
    variant(
      "strict",
      {
        main: main({
          audiences: [],
          subjects: { prefix: "al" },
          require_expiration: true,
          max_lifetime: "1000s",
          clock_skew_seconds: 10,
        }),
      },
      always({ provider_name: "main" }),
    ),
    variant(
      "rules",
      {
        main: main({ forward_payload_header: "x-payload" }),
        other: {
          issuer: "https://other.test",
          local_jwks: jwks(["es256-a", "es256-stranger"]),
          claim_to_headers: claimHeaders,
        },
      },
      [
        { match: { prefix: "/free" } },
        { match: { prefix: "/maybe" }, requires: { allow_missing: {} } },
        { match: { prefix: "/lax" }, requires: { allow_missing_or_failed: {} } },
        {
          match: { prefix: "/" },
          requires: {
            requires_any: { requirements: [{ provider_name: "main" }, { provider_name: "other" }] },
          },
        },
      ],
    ),
    variant("one key", { main: main({ local_jwks: jwks(["rs256-a"]) }) }, always({ provider_name: "main" })),
  ];
}
