import { readFileSync } from "node:fs";
import type { Mesh } from "../mesh/mesh.js";
import type { Target } from "../targets/index.js";
import type { Builder } from "./builder.js";
import { checkMesh } from "./check-mesh.js";
import { chosen, type Chosen } from "./chosen.js";
import { checkResources } from "./resources/check.js";
import { merged, type Outcome } from "./report.js";
import { shownPath } from "../shown-path.js";

export type { Builder } from "./builder.js";
export type { Finding, Outcome } from "./report.js";

export interface Validated extends Outcome {
  /** How many were checked. */
  filters: number;
  chains: number;
  resources: number;
}

/**
 * Checks everything that the arguments mean, for each target, before anything is deployed. A UserError where an argument
 * means nothing.
 */
export async function validate(
  wanted: readonly string[],
  targets: readonly Target[],
  builder: Builder,
): Promise<Validated> {
  const all = await chosen(wanted, builder.project);
  const { chains, alone, resources, outcome } = all;
  const ofResources = resources.map((path) => checkResources(readFileSync(path, "utf8"), shownPath(path)));
  const ofMeshes = await Promise.all(targets.flatMap((target) => checksFor(all, target, builder)));
  const links = [...chains, ...alone].flatMap((mesh) => mesh.links);
  return {
    ...merged([outcome, ...ofResources, ...ofMeshes]),
    filters: new Set(links.map(({ manifest }) => manifest.path)).size,
    chains: chains.length,
    resources: resources.length,
  };
}

/** They run side by side: an Envoy is waited for while modules run. */
function checksFor({ chains, alone }: Chosen, target: Target, builder: Builder): Promise<Outcome>[] {
  return [
    ...chains.map((mesh) => checkMesh(mesh, target, builder, true)),
    ...alone.map((mesh) => checkMesh(withImages(mesh), target, builder, !isPartOf(mesh, chains))),
  ];
}

/** From where a filter by itself is pulled is not known yet; all else about it can be judged. */
function withImages(mesh: Mesh): Mesh {
  const image = { reference: "registry.example/filters/unnamed:0", sha256: null };
  return { ...mesh, links: mesh.links.map((link) => ({ ...link, image })) };
}

/** Whether a chain has the filter with its own configuration: what an Envoy says of that holds for it too. */
function isPartOf({ links: [own] }: Mesh, chains: readonly Mesh[]): boolean {
  const texts = [own!, ...chains.flatMap((chain) => chain.links)].map(({ manifest }) =>
    JSON.stringify([manifest.path, manifest.configuration]),
  );
  return texts.indexOf(texts[0]!, 1) > 0;
}
