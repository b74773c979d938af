import type { Mesh } from "../mesh/mesh.js";
import type { BuiltLink } from "../targets/index.js";
import { isWritten, placeIn, type Place } from "./yaml-file.js";

/** A filter of a chain, and where it and its configuration are written. */
export interface Subject {
  link: BuiltLink;
  /** What the chain says of the filter: in a mesh file, else in its manifest. */
  chain: Place;
  configuration: Place;
}

/** Where the filter at a place of the chain is written. */
export function placesOf(mesh: Mesh, at: number): Pick<Subject, "chain" | "configuration"> {
  const { path } = mesh.links[at]!.manifest;
  const own = placeIn(path, ["configuration"]);
  if (mesh.path === null) return { chain: placeIn(path, []), configuration: own };
  const chain = placeIn(mesh.path, ["filters", at]);
  const within = [...chain.within, "configuration"];
  return { chain, configuration: isWritten(chain, within) ? { ...chain, within } : own };
}
