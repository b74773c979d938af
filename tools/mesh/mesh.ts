import type { JsonObject, Manifest, Place } from "../manifest/manifest.js";
import type { WrittenPlace } from "../manifest/places.js";

/** Filters chained, configured and placed: a `mesh.yaml`, or manifests named on the command line. */
export interface Mesh {
  /** Where it was read; null for manifests. */
  path: string | null;
  name: string;
  namespace: string;
  selector: Record<string, string>;
  route: Route;
  ingress: string[];
  upstream: Place;
  /** The clusters that the filters call, by their names: the manifests' own, where the mesh says nothing else. */
  callees: Record<string, Place>;
  links: MeshLink[];
}

export interface Route {
  name: string;
  gateway: string;
  service: string;
  port: number;
}

export type Phase = "AUTHN" | "AUTHZ" | "STATS" | "UNSPECIFIED_PHASE";

/** One filter of the chain. Its manifest already holds the mesh's configuration and failure policy. */
export interface MeshLink {
  name: string;
  manifest: Manifest;
  image: Image | null;
  pullSecret: string | null;
  phase: Phase;
  /** Null: from the order of the chain. */
  priority: number | null;
}

export interface Image {
  /** Registry and repository, with tag or digest. */
  reference: string;
  sha256: string | null;
}

/** The file's own names, as docs/schemas/mesh.schema.json allows them. */
export interface WrittenMesh {
  name: string;
  namespace?: string;
  selector?: Record<string, string>;
  route?: Partial<Route> & { name: string };
  ingress?: string[];
  upstream?: Partial<WrittenPlace>;
  callees?: Record<string, WrittenPlace>;
  filters: WrittenLink[];
}

export interface WrittenLink {
  filter: string;
  name?: string;
  configuration?: JsonObject;
  image?: string;
  sha256?: string;
  pull_secret?: string;
  phase?: Phase;
  priority?: number;
  failure_policy?: Manifest["failurePolicy"];
}
