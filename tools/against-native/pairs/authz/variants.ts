import type { Tree } from "../../../envoy/yaml.js";
import type { Variant } from "../../pair.js";

const nativeType = "type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC";

type Rules = { [key: string]: Tree };

/** A rule in both filters' terms. */
interface Policy {
  name: string;
  permissions: [ours: object, native: Tree][];
  principals: [ours: object, native: Tree][];
}

const anybody: [object, Tree] = [{ any: true }, { any: true }];

function path(kind: "exact" | "prefix", text: string, ignoreCase = false): Tree {
  return { url_path: { path: { [kind]: text, ignore_case: ignoreCase } } };
}

function method(...methods: string[]): Tree {
  const each = methods.map((one): Tree => ({ header: { name: ":method", string_match: { exact: one } } }));
  return { or_rules: { rules: each } };
}

function all(...rules: Tree[]): Tree {
  return { and_rules: { rules } };
}

function network(address_prefix: string, prefix_len: number): Tree {
  return { address_prefix, prefix_len };
}

function variant(name: string, action: "ALLOW" | "DENY", policies: Policy[], bare = false): Variant {
  const own = policies.map(({ name: rule, permissions, principals }) => ({
    name: rule,
    action,
    permissions: permissions.map(([ours]) => ours),
    principals: principals.map(([ours]) => ours),
  }));
  const others = { name: "all-others", permissions: [{ any: true }], principals: [{ any: true }] };
  const native: Rules = Object.fromEntries(
    policies.map(({ name: rule, permissions, principals }) => [
      rule,
      { permissions: permissions.map(([, one]) => one), principals: principals.map(([, one]) => one) },
    ]),
  );
  return {
    name,
    ours: { rules: action === "ALLOW" ? own : [...own, others] },
    native: { filter: { "@type": nativeType, rules: { action, policies: native } } },
    bare,
  };
}

const reading: Policy = {
  name: "reading",
  permissions: [
    [
      { prefix: "/public/", methods: ["GET", "HEAD"] },
      all(path("prefix", "/public/"), method("GET", "HEAD")),
    ],
    [{ path: "/health" }, path("exact", "/health")],
    [{ prefix: "/mixed", case_sensitive: false }, path("prefix", "/mixed", true)],
  ],
  principals: [anybody],
};

const headers: Policy = {
  name: "headers",
  permissions: [
    [
      { headers: [{ name: "x-role", string_match: { exact: "admin" } }] },
      { header: { name: "x-role", string_match: { exact: "admin" } } },
    ],
    [
      { prefix: "/team/", headers: [{ name: "x-team", string_match: { prefix: "a" } }] },
      all(path("prefix", "/team/"), { header: { name: "x-team", string_match: { prefix: "a" } } }),
    ],
    [
      { path: "/open", headers: [{ name: "x-role", present_match: true, invert_match: true }] },
      all(path("exact", "/open"), { header: { name: "x-role", present_match: true, invert_match: true } }),
    ],
  ],
  principals: [anybody],
};

const addresses: Policy = {
  name: "addresses",
  permissions: [[{ any: true }, { any: true }]],
  principals: [
    [{ remote_ip: ["10.0.0.0/8"] }, { remote_ip: network("10.0.0.0", 8) }],
    [{ direct_remote_ip: ["::1/128"] }, { direct_remote_ip: network("::1", 128) }],
  ],
};

const here: Policy = {
  name: "here",
  permissions: [[{ path: "/local" }, path("exact", "/local")]],
  principals: [[{ direct_remote_ip: ["127.0.0.0/8"] }, { direct_remote_ip: network("127.0.0.0", 8) }]],
};

const denied: Policy = {
  name: "denied",
  permissions: [
    [{ prefix: "/admin" }, path("prefix", "/admin")],
    [{ path: "/public/secret" }, path("exact", "/public/secret")],
    [{ methods: ["DELETE"] }, method("DELETE")],
    [
      { headers: [{ name: "x-role", string_match: { contains: "guest" } }] },
      { header: { name: "x-role", string_match: { contains: "guest" } } },
    ],
  ],
  principals: [anybody],
};

export const variants = [
  variant("allow", "ALLOW", [reading, headers, here]),
  variant("addresses", "ALLOW", [addresses, here]),
  variant("deny", "DENY", [denied]),
  variant("allow, bare", "ALLOW", [reading, here], true),
  variant("deny, bare", "DENY", [denied], true),
];
