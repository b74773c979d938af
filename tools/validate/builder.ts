import type { BuiltModule } from "../build/index.js";
import type { Mesh, MeshLink } from "../mesh/mesh.js";
import type { BuiltMesh, Target } from "../targets/index.js";

/** How filters are compiled; the command that generates configuration does it the same way. */
export interface Builder {
  project: string;
  build(mesh: Mesh, target: Target): Promise<BuiltMesh>;
  /** Where in the author's files a module needs a host function or callback: name -> `filters/x/filter.ts:12`. */
  origins(link: MeshLink, target: Target): Promise<BuiltModule["origins"]>;
}
