import type { Variant } from "../../pair.js";

const filterType = "type.googleapis.com/envoy.extensions.filters.http.cors.v3.Cors";
const policyType = "type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy";

/** The same settings in both; what is left out has each filter's own default. */
function variant(
  name: string,
  policy: { [key: string]: string | boolean | { [key: string]: string | boolean }[] },
): Variant {
  return {
    name,
    ours: policy,
    native: { filter: { "@type": filterType }, perRoute: { "@type": policyType, ...policy } },
  };
}

export const variants = [
  variant("trusted", {
    allow_origin_string_match: [
      { exact: "https://app.example" },
      { suffix: ".shop.example" },
      { prefix: "http://localhost:" },
    ],
    allow_methods: "GET, PUT",
    allow_headers: "content-type",
    expose_headers: "x-total",
    max_age: "600",
    allow_credentials: true,
    forward_not_matching_preflights: false,
  }),
  variant("anybody", {
    allow_origin_string_match: [{ exact: "*" }],
    allow_methods: "GET",
    forward_not_matching_preflights: false,
  }),
  variant("loose", {
    allow_origin_string_match: [
      { contains: "shop" },
      { prefix: "https://app" },
      { exact: "null" },
      { exact: "https://CASE.example", ignore_case: true },
    ],
    expose_headers: "*",
    forward_not_matching_preflights: true,
  }),
  variant("private", {
    allow_origin_string_match: [{ exact: "https://app.example" }],
    allow_private_network_access: true,
    forward_not_matching_preflights: true,
  }),
  variant("defaults", { allow_origin_string_match: [{ exact: "https://app.example" }] }),
];
