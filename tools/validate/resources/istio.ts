import { istioSelector, istioTarget, port, pullPolicy, resource } from "./common.js";
import {
  anything,
  count,
  fields,
  int32,
  list,
  oneOf,
  rule,
  short,
  text,
  type ResourceSchema,
} from "./words.js";

const schemes = ["", "http", "https", "oci", "file"];

/** Where a module is pulled from. */
export const moduleUrl = text({
  minLength: 1,
  rules: [
    rule("url must have schema one of [http, https, file, oci]", (self: string) =>
      schemes.includes(/^([a-z][a-z0-9+.-]*):\/\//i.exec(self)?.[1]?.toLowerCase() ?? ""),
    ),
  ],
});

export const sha256 = text({ pattern: "(^$|^[a-f0-9]{64}$)" });

export const vmConfig = fields({
  env: list(
    fields(
      { name: short(256), value: text({ maxLength: 2048 }), valueFrom: oneOf("INLINE", "HOST") },
      ["name"],
      [
        rule(
          "value may only be set when valueFrom is INLINE",
          (self) => self.valueFrom !== "HOST" || self.value === undefined,
        ),
      ],
    ),
    { maxItems: 256, distinctBy: "name" },
  ),
});

/** What both of Istio's resources say of a module. */
const wasm: Record<string, ResourceSchema> = {
  url: moduleUrl,
  sha256,
  imagePullPolicy: pullPolicy,
  imagePullSecret: short(253),
  verificationKey: text(),
  pluginConfig: { type: "object" },
  pluginName: short(256),
  failStrategy: oneOf("FAIL_CLOSE", "FAIL_OPEN", "FAIL_RELOAD"),
  type: oneOf("UNSPECIFIED_PLUGIN_TYPE", "HTTP", "NETWORK"),
  vmConfig,
};

/** Which traffic, and where in the chain. */
const placing: Record<string, ResourceSchema> = {
  selector: istioSelector,
  targetRefs: list(istioTarget, { maxItems: 16 }),
  match: list(
    fields({
      mode: oneOf("UNDEFINED", "CLIENT", "SERVER", "CLIENT_AND_SERVER"),
      ports: list(fields({ number: port }, ["number"]), { distinctBy: "number" }),
    }),
  ),
  priority: { ...int32, type: ["integer", "null"] },
};

const oneSelection = "only one of targetRefs or selector can be set";

export const wasmPlugin = resource(
  fields(
    {
      ...wasm,
      ...placing,
      phase: oneOf("UNSPECIFIED_PHASE", "AUTHN", "AUTHZ", "STATS"),
      targetRef: istioTarget,
    },
    ["url"],
    [rule(oneSelection, (self) => count(self, "selector", "targetRef", "targetRefs") <= 1)],
  ),
);

export const trafficExtension = resource(
  fields(
    {
      ...placing,
      phase: oneOf("UNSPECIFIED", "AUTHN", "AUTHZ", "STATS"),
      wasm: fields(wasm, ["url"]),
      lua: anything,
    },
    [],
    [
      rule(oneSelection, (self) => count(self, "selector", "targetRefs") <= 1),
      rule("exactly one of wasm or lua must be set", (self) => count(self, "wasm", "lua") === 1),
    ],
  ),
);
