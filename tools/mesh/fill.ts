import { UserError } from "../errors.js";
import { calleesOf } from "../manifest/callees.js";
import type { Manifest } from "../manifest/manifest.js";
import { placeOf, placesOf } from "../manifest/places.js";
import type { Mesh, MeshLink, WrittenLink, WrittenMesh } from "./mesh.js";

/** A mesh with its defaults; the manifests are those that its filters name, in their order. */
export function meshFrom(written: WrittenMesh, manifests: readonly Manifest[], path: string | null): Mesh {
  const links = written.filters.map((link, at) => linkOf(link, manifests[at]!));
  const known = placesOf(written.callees);
  const others = manifests.map((manifest) => ({ ...manifest, callees: without(manifest.callees, known) }));
  return { ...placed(written), path, links, callees: { ...calleesOf(others), ...known } };
}

/** Manifests in the order of a chain, with nothing but defaults around them. A UserError where two have one name. */
export function meshOf(manifests: readonly Manifest[]): Mesh {
  const names = manifests.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined)
    throw new UserError(
      `two filters of the name ${twice}`,
      "A mesh.yaml can give each use of a filter a name of its own.",
    );
  const written: WrittenMesh = {
    name: names.join("-").slice(0, 63),
    filters: names.map((filter) => ({ filter })),
  };
  return meshFrom(written, manifests, null);
}

function placed(written: WrittenMesh): Omit<Mesh, "path" | "links" | "callees"> {
  const { name, route, upstream } = written;
  return {
    name,
    namespace: written.namespace ?? "default",
    selector: written.selector ?? { app: name },
    route: { name, gateway: "gateway", service: name, port: 80, ...route },
    ingress: written.ingress ?? [name],
    upstream: placeOf({ port: 9000, ...upstream }),
  };
}

/** Its manifest is what this use makes of it: name, configuration and failure policy are the mesh's where it gives them. */
function linkOf(written: WrittenLink, manifest: Manifest): MeshLink {
  const { image, sha256 } = written;
  const name = written.name ?? manifest.name;
  return {
    name,
    manifest: {
      ...manifest,
      name,
      configuration: written.configuration ?? manifest.configuration,
      failurePolicy: written.failure_policy ?? manifest.failurePolicy,
    },
    image: image === undefined ? null : { reference: image, sha256: sha256 ?? null },
    pullSecret: written.pull_secret ?? null,
    phase: written.phase ?? "UNSPECIFIED_PHASE",
    priority: written.priority ?? null,
  };
}

function without<T>(all: Record<string, T>, known: Record<string, unknown>): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !(name in known)));
}
