import { nearest } from "../manifest/nearest.js";
import { UserError } from "../errors.js";
import { ecds } from "./ecds.js";
import { envoy } from "./envoy.js";
import { envoyGateway } from "./envoy-gateway.js";
import { gcp } from "./gcp.js";
import { higress } from "./higress.js";
import { istio, trafficExtension } from "./istio.js";
import { kong } from "./kong.js";
import { kubernetes } from "./kubernetes.js";
import type { Target } from "./target.js";

export type { BuiltLink, BuiltMesh, Generated, Target } from "./target.js";

/** In the order of the help. */
export const targets: readonly Target[] = [
  envoy,
  ecds,
  kubernetes,
  istio,
  trafficExtension,
  envoyGateway,
  higress,
  kong,
  gcp,
];

export const targetNames: readonly string[] = targets.map(({ name }) => name);

/** A UserError names the targets that there are. */
export function targetOf(name: string): Target {
  const found = targets.find((target) => target.name === name);
  if (found) return found;
  const meant = nearest(name, [...targetNames]);
  throw new UserError(
    `no target "${name}"`,
    `${meant ? `Did you mean ${meant}? ` : ""}Targets: ${targetNames.join(", ")}.`,
  );
}
