import { jsonBlob, type Descriptor } from "./blob.js";
import { pushManifest, refusal } from "./manifest.js";
import type { Registry } from "./registry.js";

const indexType = "application/vnd.oci.image.index.v1+json";

/**
 * The list of what refers to an image, for registries that keep none themselves: an index under a tag made of the image's
 * digest (distribution specification, "Referrers Tag Schema"). What others have listed stays.
 */
export async function listReferrer(registry: Registry, subject: string, referrer: Descriptor): Promise<void> {
  const tag = subject.replace(":", "-");
  const answer = await registry.ask({ method: "GET", url: `manifests/${tag}`, accept: indexType });
  if (answer.status !== 200 && answer.status !== 404)
    throw refusal(registry, "does not tell what is attached to the image", answer);
  const listed = answer.status === 200 ? listIn(answer.body) : [];
  if (!listed) throw refusal(registry, `has something else under the tag ${tag}`, answer);
  if (listed.some(({ digest }) => digest === referrer.digest)) return;
  const manifests = [...listed, referrer];
  await pushManifest(
    registry,
    jsonBlob(indexType, { schemaVersion: 2, mediaType: indexType, manifests }),
    tag,
  );
}

/** Null where it is no index. */
function listIn(body: string): Descriptor[] | null {
  try {
    const { manifests } = JSON.parse(body) as { manifests?: Descriptor[] };
    return Array.isArray(manifests) ? manifests : null;
  } catch {
    return null;
  }
}
