import type { Tree } from "../../tools/envoy/yaml.js";
import { CONSUMERS } from "./credentials.js";
import { ISSUER } from "./tokens.js";
import type { Issuer } from "./tokens.js";

const TYPE = "type.googleapis.com/envoy.extensions.filters.http";

/** Envoy's own filter for W2. */
export const nativeApiKey: Tree = {
  name: "native",
  typed_config: {
    "@type": `${TYPE}.api_key_auth.v3.ApiKeyAuth`,
    credentials: Object.entries(CONSUMERS).map(([key, client]) => ({ key, client })),
    key_sources: [{ header: "x-api-key" }],
    forwarding: { header: "x-consumer", hide_credentials: false },
  },
};

/** Envoy's own filter for W3; with `cache` it remembers tokens that it has accepted. */
export function nativeJwt(issuer: Issuer, cache: boolean): Tree {
  const keys = { local_jwks: { inline_string: issuer.jwks } };
  const provider = {
    issuer: ISSUER,
    forward: true,
    ...keys,
    ...(cache ? { jwt_cache_config: { jwt_cache_size: 100 } } : {}),
  };
  return {
    name: "native",
    typed_config: {
      "@type": `${TYPE}.jwt_authn.v3.JwtAuthentication`,
      providers: { bench: provider },
      rules: [{ match: { prefix: "/" }, requires: { provider_name: "bench" } }],
    },
  };
}
