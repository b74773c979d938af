import type { GoProgram } from "./go-program.js";

export const oras: GoProgram = {
  name: "oras",
  module: "oras.land/oras",
  version: "v1.3.6",
  sum: "h1:Lhsfr2tQLjsu/+CJZp6vYatwKT+62fbIUTlp4lUrfOA=",
  package: "cmd/oras",
};

/** Istio's tags are no Go versions, so this is a commit: the newest that is published, of August 2026. */
export const istio: GoProgram = {
  name: "istio-fetch",
  module: "istio.io/istio",
  version: "v0.0.0-20260827124520-eed52ebb66ad",
  sum: "h1:ui9TJjRMAV/hb5ehQaZDq7IUGxuQP6dra9lapT/VjHI=",
  package: "pkg/wasm/meshscript",
  source: "tests/tools/pack/go/istio",
};

export const envoyGateway: GoProgram = {
  name: "envoy-gateway-fetch",
  module: "github.com/envoyproxy/gateway",
  version: "v1.9.1",
  sum: "h1:vAVp6/AlBXJ1aOhp1mxL7fNEzVEfjADUguUhm2wzxQY=",
  package: "internal/wasm/meshscript",
  source: "tests/tools/pack/go/envoy-gateway",
};
