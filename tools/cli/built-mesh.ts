import { join, relative } from "node:path";
import { readModule } from "../envoy/module.js";
import { findManifest } from "../manifest/find.js";
import { meshOf } from "../mesh/fill.js";
import type { Mesh, MeshLink } from "../mesh/mesh.js";
import { isMeshFile, readMesh } from "../mesh/read.js";
import type { BuiltLink, BuiltMesh, Target } from "../targets/index.js";
import { UsageError, named } from "./exit.js";
import type { Modules } from "./modules.js";

/** The mesh that the command line means: a mesh file, or filters in the order of the chain. */
export function chosenMesh(wanted: readonly string[], project: string): Mesh {
  const [first] = wanted;
  if (first === undefined) throw new UsageError("which filters? Name their folders, or a mesh.yaml");
  if (!wanted.some(isMeshFile)) return named(() => meshOf(wanted.map((one) => findManifest(one, project))));
  if (wanted.length > 1) throw new UsageError("a mesh file is a whole chain: name it alone");
  return readMesh(first);
}

/** The mesh with its modules, compiled as the target needs them. */
export async function builtMesh(
  mesh: Mesh,
  { defines }: Pick<Target, "defines">,
  modules: Modules,
): Promise<BuiltMesh> {
  const links: BuiltLink[] = [];
  for (const link of mesh.links) links.push(await builtLink(link, modules, defines));
  return { ...mesh, links, source: sourceOf(mesh, modules.project) };
}

async function builtLink(link: MeshLink, modules: Modules, defines: Target["defines"]): Promise<BuiltLink> {
  const { wasmPath } = await modules.ofManifest(link.manifest, defines);
  const modulePath = relative(modules.project, wasmPath);
  return { ...link, module: readModule(wasmPath), wasmPath, modulePath };
}

/** Filters that come with the package are named as in its repository. */
function sourceOf(mesh: Mesh, project: string): string {
  const shown = (path: string, otherwise: string) => {
    const short = relative(project, path);
    return short.startsWith("..") ? otherwise : short;
  };
  if (mesh.path) return shown(mesh.path, "mesh.yaml");
  const manifests = mesh.links.map(({ manifest }) => manifest);
  return manifests.map(({ path, name }) => shown(path, join("filters", name, "filter.yaml"))).join(", ");
}
