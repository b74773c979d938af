import { UserError } from "../errors.js";
import type { Image } from "../mesh/mesh.js";
import type { BuiltLink } from "./target.js";

/** The image of a filter; a UserError where the mesh names none, since a cluster pulls modules from nowhere else. */
export function imageOf(link: BuiltLink, target: string): Image {
  if (link.image) return link.image;
  throw new UserError(
    `${link.name}: ${target} pulls modules as images, and the chain names none for it`,
    "Write a mesh.yaml with `image: registry/repository:tag` for each filter; `meshscript pack` makes images.",
  );
}

/** The image by its digest, where the mesh states one: what was tested is what runs, wherever the tag points. */
export function pinned(image: Image): string {
  const { reference, sha256 } = image;
  return reference.includes("@") || !isPinned(image)
    ? reference
    : `${reference.replace(/:[^:/]*$/, "")}@sha256:${sha256}`;
}

/** Whether a tag that moves changes nothing. */
export function isPinned({ reference, sha256 }: Image): boolean {
  return sha256 !== null || reference.includes("@");
}
