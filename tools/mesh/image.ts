import { UserError } from "../errors.js";

/**
 * What is wrong with an image's reference, null where it is well: it needs a registry or repository, and a tag or a
 * digest, so that what is deployed is what was tested. `latest` names whatever comes next.
 */
export function imageProblem(reference: string): string | null {
  if (/^[a-z]+:\/\//.test(reference)) return "a reference has no scheme: leave out oci:// or https://";
  const parts =
    /^(?<repository>[a-z0-9][a-z0-9._/:-]*?)(?::(?<tag>\w[\w.-]{0,127}))?(?:@sha256:(?<digest>[0-9a-f]{64}))?$/.exec(
      reference,
    )?.groups;
  if (!parts) return "no image reference: expected registry/repository:tag";
  if (!parts["tag"] && !parts["digest"]) return "has neither tag nor digest";
  if (parts["tag"] === "latest" && !parts["digest"])
    return "latest names whatever comes next: give a version";
  return null;
}

/** Throws a UserError where the reference cannot be deployed. */
export function checkedImage(reference: string, where: string): string {
  const problem = imageProblem(reference);
  if (problem)
    throw new UserError(
      `${where}: ${reference}: ${problem}`,
      "For example registry.example/filters/api-key:1.2.0",
    );
  return reference;
}
