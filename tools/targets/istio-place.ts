import { note, type Tree } from "../envoy/yaml.js";
import type { BuiltMesh } from "./target.js";

const ofGateways = ["gateway.networking.k8s.io/gateway-name", "istio.io/gateway-name"];

/** Whether the workloads are gateways: by the labels that Istio's and the Gateway API's own gateways have. */
export function isGateway({ selector }: Pick<BuiltMesh, "selector">): boolean {
  return Object.entries(selector).some(
    ([label, value]) =>
      ofGateways.includes(label) || (/^(istio|app)$/.test(label) && value.endsWith("gateway")),
  );
}

/** Which listeners of the proxies a patch is for. */
export function contextOf(mesh: BuiltMesh): string {
  return isGateway(mesh) ? "GATEWAY" : "SIDECAR_INBOUND";
}

/** Which traffic of the workloads passes the filter. A gateway has one kind only. */
export function trafficOf(mesh: BuiltMesh): Tree | undefined {
  if (isGateway(mesh)) return undefined;
  return note(
    "What comes in: without this, calls that the workload makes itself would pass the filter, too.",
    [{ mode: "SERVER" }],
  );
}
