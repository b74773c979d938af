/** What each target is, in the order of the help: known without loading the generators. */
export const targetSummaries = {
  envoy: "Envoy itself: a bootstrap",
  ecds: "Envoy that follows files: no restart on change",
  kubernetes: "Envoy in Kubernetes: deployment and configuration",
  istio: "Istio: a WasmPlugin for each filter",
  "istio-traffic-extension": "Istio 1.31 and later: a TrafficExtension each",
  "envoy-gateway": "Envoy Gateway: an EnvoyExtensionPolicy",
  higress: "Higress: a WasmPlugin for each filter",
  kong: "Kong Gateway: a declarative filter chain",
  gcp: "Google Cloud Service Extensions: gcloud commands",
};

export type TargetName = keyof typeof targetSummaries;
