import { pullPolicy, resource } from "./common.js";
import { moduleUrl, sha256, vmConfig } from "./istio.js";
import { fields, flag, int32, list, oneOf, short, text, type ResourceSchema } from "./words.js";

const configuration: ResourceSchema = { type: "object" };

const matchRule = fields({
  ingress: list(text()),
  domain: list(text()),
  service: list(text()),
  config: configuration,
  configDisable: flag,
  routeType: oneOf("HTTP", "GRPC"),
});

/** Istio's resource as Higress has it: rules of its own for ingresses, and no selector. */
export const higressPlugin = resource(
  fields(
    {
      url: moduleUrl,
      sha256,
      imagePullPolicy: pullPolicy,
      imagePullSecret: short(253),
      verificationKey: text(),
      pluginConfig: configuration,
      pluginName: short(256),
      phase: oneOf("UNSPECIFIED_PHASE", "AUTHN", "AUTHZ", "STATS"),
      priority: { ...int32, type: ["integer", "null"] },
      failStrategy: oneOf("FAIL_CLOSE", "FAIL_OPEN"),
      vmConfig,
      defaultConfig: configuration,
      defaultConfigDisable: flag,
      matchRules: list(matchRule),
    },
    ["url"],
  ),
);
