import { anyNumber, istioTarget, resource } from "./common.js";
import { count, fields, int32, list, mapOf, oneOf, rule, text, unseen } from "./words.js";

const filterClass = oneOf("UNSPECIFIED", "AUTHN", "AUTHZ", "STATS");

const filterChain = fields({
  name: text(),
  sni: text(),
  transportProtocol: text(),
  applicationProtocols: text(),
  destinationPort: anyNumber,
  filter: fields({ name: text(), subFilter: fields({ name: text() }) }),
});

const listener = fields({
  name: text(),
  portName: text(),
  portNumber: anyNumber,
  listenerFilter: text(),
  filterChain,
});

const match = fields(
  {
    context: oneOf("ANY", "SIDECAR_INBOUND", "SIDECAR_OUTBOUND", "GATEWAY", "WAYPOINT"),
    listener,
    ...unseen("proxy", "routeConfiguration", "cluster", "waypoint"),
  },
  [],
  [
    rule(
      "only support waypointMatch when context is WAYPOINT",
      (self) => (self.context === "WAYPOINT") === (self.waypoint !== undefined),
    ),
    rule(
      "at most one of listener, routeConfiguration, cluster and waypoint can be set",
      (self) => count(self, "listener", "routeConfiguration", "cluster", "waypoint") <= 1,
    ),
  ],
);

const patch = fields({
  applyTo: oneOf(
    ...["INVALID", "LISTENER", "FILTER_CHAIN", "NETWORK_FILTER", "HTTP_FILTER", "ROUTE_CONFIGURATION"],
    ...["VIRTUAL_HOST", "HTTP_ROUTE", "CLUSTER", "EXTENSION_CONFIG", "BOOTSTRAP", "LISTENER_FILTER"],
  ),
  match,
  patch: fields({
    operation: oneOf(
      ...["INVALID", "MERGE", "ADD", "REMOVE", "INSERT_BEFORE", "INSERT_AFTER", "INSERT_FIRST", "REPLACE"],
      "MERGE_AND_REPLACE_LIST",
    ),
    value: { type: "object" },
    filterClass,
  }),
});

const label = text({
  maxLength: 63,
  rules: [rule("wildcard is not supported in selector", (self) => !self.includes("*"))],
});

export const envoyFilter = resource(
  fields(
    {
      workloadSelector: fields({ labels: mapOf(label, { maxProperties: 256 }) }),
      targetRefs: list(istioTarget, { maxItems: 16 }),
      configPatches: list(patch),
      priority: int32,
    },
    [],
    [
      rule(
        "only one of targetRefs or workloadSelector can be set",
        (self) => count(self, "workloadSelector", "targetRefs") <= 1,
      ),
    ],
  ),
  [],
);
