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
