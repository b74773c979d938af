import assert from "node:assert/strict";
import { test } from "node:test";
import { resourceSchemas } from "../../../tools/validate/resources/index.js";
import { crdOf, published } from "./support/crds.js";
import { differences, type Known } from "./support/differences.js";

const replacing = "filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified";

/** Rules about what is not looked into; and own rules that stand for a `oneOf`, whose complaint nobody would understand. */
const known: Record<string, Partial<Known>> = {
  "extensions.istio.io/v1alpha1/TrafficExtension": {
    own: { ".spec": ["exactly one of wasm or lua must be set"] },
  },
  "networking.istio.io/v1alpha3/EnvoyFilter": {
    own: {
      ".spec.configPatches[].match": [
        "at most one of listener, routeConfiguration, cluster and waypoint can be set",
      ],
    },
  },
  "gateway.networking.k8s.io/v1/HTTPRoute": {
    leftOut: {
      ".spec.rules[]": [
        `When using RequestRedirect ${replacing}`,
        `When using URLRewrite ${replacing}`,
        `Within backendRefs, when using RequestRedirect ${replacing}`,
        `Within backendRefs, When using URLRewrite ${replacing}`,
      ],
    },
  },
};

for (const type of Object.keys(published)) {
  test(`the schema of ${type} says what the published definition says`, async (t) => {
    const found = await crdOf(type);
    if ("absent" in found) return t.skip(found.absent);
    assert.deepEqual(
      differences(resourceSchemas[type]!, found.crd, { leftOut: {}, own: {}, ...known[type] }),
      [],
    );
  });
}
