import { configMap, deployment, service } from "./core.js";
import { envoyExtensionPolicy } from "./envoy-gateway.js";
import { envoyFilter } from "./envoy-filter.js";
import { higressPlugin } from "./higress.js";
import { httpRoute } from "./http-route.js";
import { trafficExtension, wasmPlugin } from "./istio.js";
import type { ResourceSchema } from "./words.js";

/** What a cluster takes, by `apiVersion/kind`. */
export const resourceSchemas: Record<string, ResourceSchema> = {
  "extensions.istio.io/v1alpha1/WasmPlugin": wasmPlugin,
  "extensions.istio.io/v1alpha1/TrafficExtension": trafficExtension,
  "networking.istio.io/v1alpha3/EnvoyFilter": envoyFilter,
  "gateway.envoyproxy.io/v1alpha1/EnvoyExtensionPolicy": envoyExtensionPolicy,
  "gateway.networking.k8s.io/v1/HTTPRoute": httpRoute,
  "extensions.higress.io/v1alpha1/WasmPlugin": higressPlugin,
  "v1/ConfigMap": configMap,
  "v1/Service": service,
  "apps/v1/Deployment": deployment,
};
