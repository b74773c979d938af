import { group, kind, namespace, objectName, port, resource, sectionName } from "./common.js";
import { fields, list, oneOf, rule, short, text, unseen, whole, type Rule } from "./words.js";

const gatewayGroup = "gateway.networking.k8s.io";

interface PathMatch {
  type?: string;
  value?: string;
}

const token = short(256, { pattern: "^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$" });
const comparison = oneOf("Exact", "RegularExpression");

const plainTypes = "when type one of ['Exact', 'PathPrefix']";
const safePath = "^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$";

/** A rule about the path where it is no regular expression. What is left out is `/`, a prefix. */
function onPlain(message: string, holds: (path: string) => boolean): Rule {
  return rule(
    message,
    ({ type = "PathPrefix", value = "/" }: PathMatch) => type === "RegularExpression" || holds(value),
  );
}

const pathRules: Rule[] = [
  onPlain(`value must be an absolute path and start with '/' ${plainTypes}`, (path) => path.startsWith("/")),
  ...["//", "/./", "/../", "%2f", "%2F", "#"].map((part) =>
    onPlain(`must not contain '${part}' ${plainTypes}`, (path) => !path.includes(part)),
  ),
  ...["/..", "/."].map((end) =>
    onPlain(`must not end with '${end}' ${plainTypes}`, (path) => !path.endsWith(end)),
  ),
  rule(
    "type must be one of ['Exact', 'PathPrefix', 'RegularExpression']",
    ({ type = "PathPrefix" }: PathMatch) => ["Exact", "PathPrefix", "RegularExpression"].includes(type),
  ),
  onPlain(
    `must only contain valid characters (matching ${safePath}) for types ['Exact', 'PathPrefix']`,
    (path) => new RegExp(safePath).test(path),
  ),
];

const match = fields({
  path: fields(
    { type: oneOf("Exact", "PathPrefix", "RegularExpression"), value: text({ maxLength: 1024 }) },
    [],
    pathRules,
  ),
  headers: list(fields({ type: comparison, name: token, value: short(4096) }, ["name", "value"]), {
    maxItems: 16,
    distinctBy: "name",
  }),
  queryParams: list(fields({ type: comparison, name: token, value: short(1024) }, ["name", "value"]), {
    maxItems: 16,
    distinctBy: "name",
  }),
  method: oneOf(...["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"]),
});

const backend = fields(
  { group, kind, name: objectName, namespace, port, weight: whole(0, 1_000_000), ...unseen("filters") },
  ["name"],
  [
    rule(
      "Must have port for Service reference",
      ({ group = "", kind = "Service", port }) => group !== "" || kind !== "Service" || port !== undefined,
    ),
  ],
);

const parent = fields({ group, kind, namespace, name: objectName, sectionName, port }, ["name"]);

interface Parent {
  group?: string;
  kind?: string;
  name: string;
  namespace?: string;
  sectionName?: string;
}

const sameParent = ({ group = gatewayGroup, kind = "Gateway", name, namespace = "" }: Parent) =>
  JSON.stringify([group, kind, name, namespace]);

/** Whether what `differs` says is right of each two references to one parent. */
function ofTwins(differs: (one: string, other: string) => boolean): (parents: Parent[]) => boolean {
  return (parents) =>
    parents.every((one, at) =>
      parents
        .slice(at + 1)
        .every(
          (other) =>
            sameParent(one) !== sameParent(other) || differs(one.sectionName ?? "", other.sectionName ?? ""),
        ),
    );
}

const twins = "when parentRefs includes 2 or more references to the same parent";
const parentRules: Rule[] = [
  rule(
    `sectionName must be specified ${twins}`,
    ofTwins((one, other) => (one === "") === (other === "")),
  ),
  rule(
    `sectionName must be unique ${twins}`,
    ofTwins((one, other) => one !== other),
  ),
];

const host = short(253, {
  pattern: "^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
});

const routeRule = fields(
  {
    name: sectionName,
    matches: list(match, { maxItems: 64 }),
    backendRefs: list(backend, { maxItems: 16 }),
    ...unseen("filters", "timeouts"),
  },
  [],
  [
    rule(
      "RequestRedirect filter must not be used together with backendRefs",
      ({ backendRefs = [], filters = [] }) =>
        backendRefs.length === 0 || filters.every((one: object) => !("requestRedirect" in one)),
    ),
  ],
);

const matchesInAll = rule(
  "While 16 rules and 64 matches per rule are allowed, the total number of matches across all rules in a route must be less than 128",
  (rules: { matches?: unknown[] }[]) =>
    rules.reduce((sum, { matches = [{}] }) => sum + matches.length, 0) <= 128,
);

export const httpRoute = resource(
  fields({
    parentRefs: list(parent, { maxItems: 32, rules: parentRules }),
    hostnames: list(host, { maxItems: 16 }),
    rules: list(routeRule, { minItems: 1, maxItems: 16, rules: [matchesInAll] }),
  }),
);
