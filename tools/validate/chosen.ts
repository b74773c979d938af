import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { findManifest } from "../manifest/find.js";
import { meshOf } from "../mesh/fill.js";
import type { Mesh } from "../mesh/mesh.js";
import { isMeshFile, readMesh } from "../mesh/read.js";
import { shownPath } from "../shown-path.js";
import { each } from "./mistakes.js";
import { holdsResources } from "./resources/check.js";
import { merged, type Outcome } from "./report.js";

/** What is to be checked, and what is wrong with it already. */
export interface Chosen {
  /** Chains as they are to be deployed. */
  chains: Mesh[];
  /** Filters of the project, each by itself: nothing says yet from where they are deployed. */
  alone: Mesh[];
  /** Files that hold a cluster's objects. */
  resources: string[];
  outcome: Outcome;
}

/** What the arguments of the command mean; without any, all that the project has. */
export async function chosen(wanted: readonly string[], project: string): Promise<Chosen> {
  return wanted.length === 0 ? everything(project) : named(wanted, project);
}

async function everything(project: string): Promise<Chosen> {
  const file = join(project, "mesh.yaml");
  const paths = manifestsBelow(join(project, "filters"));
  const alone = await each(paths, top, (path) => meshOf([findManifest(path, project)]));
  const chains = await each(existsSync(file) ? [file] : [], top, readMesh);
  return { chains: chains.results, alone: alone.results, resources: [], outcome: merged([alone, chains]) };
}

async function named(wanted: readonly string[], project: string): Promise<Chosen> {
  const resources = wanted.filter(isResourceFile);
  const meshes = wanted.filter((path) => !resources.includes(path) && isMeshFile(path));
  const filters = wanted.filter((path) => !resources.includes(path) && !meshes.includes(path));
  const manifests = await each(filters, null, (path) => findManifest(path, project));
  const isWhole = filters.length > 0 && manifests.results.length === filters.length;
  const chain = await each(isWhole ? [manifests.results] : [], ([first]) => top(first!.path), meshOf);
  const chains = await each(meshes, null, readMesh);
  return {
    chains: [...chain.results, ...chains.results],
    alone: [],
    resources,
    outcome: merged([manifests, chain, chains]),
  };
}

function top(path: string): { file: string; line: number } {
  return { file: shownPath(path), line: 1 };
}

function manifestsBelow(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return names.map((name) => join(folder, name, "filter.yaml")).filter((path) => existsSync(path));
}

function isResourceFile(path: string): boolean {
  if (!/\.ya?ml$/.test(path) || !existsSync(path)) return false;
  return holdsResources(readFileSync(path, "utf8"));
}
