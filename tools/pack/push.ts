import { UserError } from "../errors.js";
import { descriptorOf, type Blob } from "./blob.js";
import { attachedDescriptor, type Image } from "./image.js";
import { pushManifest, refusal, Refusal, sameDigest } from "./manifest.js";
import { patiently, usualPatience, type Patience } from "./patience.js";
import { listReferrer } from "./referrers.js";
import type { Reference } from "./reference.js";
import { Registry } from "./registry.js";

export interface PushOptions {
  environment?: NodeJS.ProcessEnv;
  /** Speak HTTP without TLS to a host that is not this machine. */
  plainHttp?: boolean;
  patience?: Patience;
  /** Told before each part: how many of how many are there. */
  progress?: (done: number, all: number) => void;
  /** Told what failed and is tried again. */
  tell?: (what: string) => void;
}

/**
 * Pushes an image: first all that it consists of and what is attached to it, the tag last, so that a tag never names half
 * an image. Rejects with a UserError that says who refused what.
 */
export async function pushImage(
  image: Image,
  reference: Reference,
  options: PushOptions = {},
): Promise<void> {
  const { environment = process.env, plainHttp = false, patience = usualPatience } = options;
  const registry = new Registry(reference, { environment, plainHttp, timeoutMs: patience.timeoutMs });
  const { tell = () => {}, progress = () => {} } = options;
  const steps = stepsOf(image, registry, tell);
  try {
    for (const [at, step] of steps.entries()) {
      progress(at, steps.length);
      await patiently(step, patience, (what) => tell(registry.shown(what)));
    }
  } catch (error) {
    throw error instanceof UserError && !error.hint ? new UserError(error.message, untagged) : error;
  }
  progress(steps.length, steps.length);
}

const untagged =
  "Nothing was tagged: what was pulled before is pulled still. Push again once that is mended.";

function stepsOf(image: Image, registry: Registry, tell: (what: string) => void): (() => Promise<void>)[] {
  const { manifest } = image;
  const blobs = [...image.blobs, ...image.attachedBlobs];
  return [
    ...blobs.map((blob) => () => pushBlob(registry, blob)),
    async () => void (await pushManifest(registry, manifest, image.digest)),
    () => attach(registry, image, tell),
    async () => void (await pushManifest(registry, manifest, registry.reference.tag)),
  ];
}

/** Registries that know of attached artifacts say so; for others, the list of them is kept by whoever pushes. */
async function attach(registry: Registry, image: Image, tell: (what: string) => void): Promise<void> {
  try {
    const { headers } = await pushManifest(registry, image.attached, descriptorOf(image.attached).digest);
    if (!headers.has("oci-subject")) await listReferrer(registry, image.digest, attachedDescriptor(image));
  } catch (error) {
    const isForbidden = !(error instanceof Refusal) || error.status === 401 || error.status === 403;
    if (isForbidden) throw error;
    tell(`${error.message}; so the bill of materials is not attached there`);
  }
}

/** An upload that died midway cannot be taken up again everywhere, so a further try begins anew. */
async function pushBlob(registry: Registry, blob: Blob): Promise<void> {
  const { digest } = descriptorOf(blob);
  const there = await registry.ask({ method: "HEAD", url: `blobs/${digest}` });
  if (there.status === 200) return;
  const started = await registry.ask({ method: "POST", url: "blobs/uploads/" });
  const place = started.headers.get("location");
  if (started.status !== 202 || !place) throw refusal(registry, "begins no upload", started);
  const url = new URL(place, started.url).href;
  const uploaded = await registry.ask({
    method: "PUT",
    // As given: a signed address is good for nothing when it is written in another way.
    url: `${url}${url.includes("?") ? "&" : "?"}digest=${encodeURIComponent(digest)}`,
    body: blob.bytes,
    contentType: "application/octet-stream",
  });
  if (uploaded.status !== 201) throw refusal(registry, `refuses ${digest}`, uploaded);
  sameDigest(registry, digest, uploaded);
}
