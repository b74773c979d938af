import { group, kind, objectName, reference, resource, sectionName } from "./common.js";
import { anything, fields, flag, list, oneOf, rule, text, unseen, type Rule } from "./words.js";

interface Ref {
  group?: string;
  kind: string;
}

const gatewayGroup = "gateway.networking.k8s.io";
const routes = ["HTTPRoute", "GRPCRoute", "UDPRoute", "TCPRoute", "TLSRoute"];
const targets = ["Gateway", "ListenerSet", ...routes];
const kinds = "Gateway/ListenerSet/HTTPRoute/GRPCRoute/TCPRoute/UDPRoute/TLSRoute";

const target = fields({ group, kind, name: objectName, sectionName }, ["group", "kind", "name"]);
const authority = fields({ caCertificateRef: fields(reference, ["name"]) }, ["caCertificateRef"]);

const url = text({
  pattern:
    "^((https?:)(\\/\\/\\/?)([\\w]*(?::[\\w]*)?@)?([\\d\\w\\.-]+)(?::(\\d+))?)?([\\/\\\\\\w\\.()-]*)?(?:([?][^#]*)?(#.*)?)*",
});

const secretOnly = rule("only support Secret kind.", (self) => (self.kind ?? "Secret") === "Secret");

const image = fields(
  { url: text(), sha256: text(), pullSecretRef: fields(reference, ["name"], [secretOnly]), tls: authority },
  ["url"],
);

const code = fields(
  {
    type: oneOf("HTTP", "Image"),
    http: fields({ url, sha256: text(), tls: authority }, ["url"]),
    image,
    pullPolicy: oneOf("IfNotPresent", "Always"),
  },
  ["type"],
  [
    rule(
      "If type is HTTP, http field needs to be set.",
      (self) => (self.type === "HTTP") === (self.http !== undefined),
    ),
    rule(
      "If type is Image, image field needs to be set.",
      (self) => (self.type === "Image") === (self.image !== undefined),
    ),
  ],
);

const wasm = fields(
  {
    name: text(),
    rootID: text(),
    code,
    config: anything,
    failOpen: flag,
    env: fields({ hostKeys: list(text()) }),
  },
  ["code"],
);

const isRoute = ({ kind }: Ref) => routes.includes(kind);

const rules: Rule[] = [
  rule("either targetRef or targetRefs must be used", ({ targetRef, targetRefs, targetSelectors }) => {
    const refers = (targetRef === undefined) !== (targetRefs === undefined);
    return refers || (targetSelectors ?? []).length > 0;
  }),
  rule(
    `this policy can only have a targetRef.group of ${gatewayGroup}`,
    ({ targetRef }) => !targetRef || targetRef.group === gatewayGroup,
  ),
  rule(
    `this policy can only have a targetRef.kind of ${kinds}`,
    ({ targetRef }) => !targetRef || targets.includes(targetRef.kind),
  ),
  rule(`this policy can only have a targetRefs[*].group of ${gatewayGroup}`, ({ targetRefs = [] }) =>
    targetRefs.every((ref: Ref) => ref.group === gatewayGroup),
  ),
  rule(`this policy can only have a targetRefs[*].kind of ${kinds}`, ({ targetRefs = [] }) =>
    targetRefs.every((ref: Ref) => targets.includes(ref.kind)),
  ),
  rule(
    "mergeType can only be used with xRoute targets",
    ({ mergeType, targetRef, targetRefs = [], targetSelectors = [] }) =>
      mergeType === undefined ||
      [...(targetRef ? [targetRef] : []), ...targetRefs, ...targetSelectors].every(isRoute),
  ),
];

export const envoyExtensionPolicy = resource(
  fields(
    {
      targetRef: target,
      targetRefs: list(target),
      wasm: list(wasm, { maxItems: 16 }),
      ...unseen("targetSelectors", "lua", "extProc", "dynamicModule", "mergeType"),
    },
    [],
    rules,
  ),
);
