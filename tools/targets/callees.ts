import { UserError } from "../errors.js";
import type { Json } from "../manifest/manifest.js";
import { calls } from "./needs.js";
import type { BuiltLink, BuiltMesh } from "./target.js";

/**
 * What to say of calls where the host names clusters by itself, so that none of ours can be defined. A UserError where a
 * filter's configuration names one of ours.
 */
export function callsByOwnNames(mesh: BuiltMesh, target: string, names: string): string[] {
  const calling = mesh.links.filter(calls);
  for (const link of calling) refuseOurs(link, mesh, target, names);
  if (calling.length === 0) return [];
  return [
    `callees: ${calling.map(({ name }) => name).join(", ")} must call servers by the names that ${target} knows: ${names}`,
  ];
}

function refuseOurs({ name, manifest }: BuiltLink, mesh: BuiltMesh, target: string, names: string): void {
  const ours = textsOf(manifest.configuration ?? {}).find((text) => Object.hasOwn(mesh.callees, text));
  if (ours === undefined) return;
  throw new UserError(
    `${name}: calls the cluster ${ours}, which cannot be defined for ${target}`,
    `In the mesh.yaml, name in the filter's configuration what ${target} knows: ${names}`,
  );
}

function textsOf(value: Json): string[] {
  if (typeof value === "string") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(textsOf) : [];
}
