import { chainKind } from "../envoy/tcp-kind.js";
import { UserError } from "../errors.js";
import { istioFilter } from "./istio-filter.js";
import { trafficExtensionOf, wasmPluginOf } from "./istio-resource.js";
import { documents, headingOf } from "./kubernetes-object.js";
import { lostIn, type Lacking } from "./losses.js";
import { needsOwnForm } from "./needs.js";
import { priorities } from "./order.js";
import type { BuiltLink, BuiltMesh, Generated, Target } from "./target.js";

/** WasmPlugin, the form that each Istio knows; an EnvoyFilter for what a WasmPlugin cannot say. */
export const istio: Target = {
  name: "istio",
  generate: (mesh) => generate(mesh, "istio", wasmPluginOf),
};

/** TrafficExtension, new in Istio 1.31: the same block under `spec.wasm`. */
export const trafficExtension: Target = {
  name: "istio-traffic-extension",
  generate: (mesh) => generate(mesh, "istio-traffic-extension", trafficExtensionOf),
};

const always: Lacking = {
  fail_open: "a module that cannot be pulled lets requests pass, too.",
  edge: "MeshConfig's pathNormalization has the first two; filters of meshscript normalise where they match paths.",
  stats_tags: "",
};
const ofResources: Lacking = {
  vm_id: "Filters of one module share a VM; each keeps its own configuration.",
  capabilities: "",
  back_off: "",
};

function generate(mesh: BuiltMesh, target: string, resource: typeof wasmPluginOf): Generated {
  chainKind(mesh.links.map(({ name, module, manifest }) => ({ name, kind: module.kindOf(manifest.rootId) })));
  const order = priorities(mesh.links);
  const inOwnForm = mesh.links.filter((link) => phaseNeedsOwnForm(link, mesh.links));
  inOwnForm.forEach(refuseUnplaceable);
  const plain = mesh.links.filter((link) => !inOwnForm.includes(link));
  const lost = [
    ...lostIn({ ...mesh, links: plain }, "Istio's own resource", ofResources),
    ...lostIn(mesh, "Istio", always),
  ];
  const objects = plain.map((link) => resource(mesh, link, order[mesh.links.indexOf(link)]!));
  const text = documents(
    [...objects, ...istioFilter(mesh, inOwnForm)],
    headingOf(mesh, "Istio", lost, unused),
  );
  return { files: { [`${target}/${mesh.name}.yaml`]: text }, lost };
}

const unused = ["route", "ingress", "upstream"] as const;

/** Nothing orders Istio's resources and patches among each other, so a phase is made of one of them. */
function phaseNeedsOwnForm({ phase }: BuiltLink, links: readonly BuiltLink[]): boolean {
  return links.some((link) => link.phase === phase && needsOwnForm(link));
}

function refuseUnplaceable({ name, phase, pullSecret }: BuiltLink): void {
  const about = `${name}: has to be an EnvoyFilter, as a filter of its phase depends on what Istio's resources cannot say`;
  if (phase === "AUTHZ" || phase === "STATS")
    throw new UserError(
      `${about}, and no EnvoyFilter finds the place of phase ${phase}`,
      "Give the filter the phase AUTHN, which is first, or none, which is last.",
    );
  if (pullSecret !== null)
    throw new UserError(
      `${about}, and Istio hands no pull_secret to one`,
      "Give the proxies' service account the right to pull, or mount a Docker configuration into them, and leave it out.",
    );
}
