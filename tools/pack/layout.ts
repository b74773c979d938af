import { attachedDescriptor, type Image } from "./image.js";
import { descriptorOf, jsonBlob, type Blob } from "./blob.js";

const indexType = "application/vnd.oci.image.index.v1+json";

/** What an image is called in a layout: `name:tag`, of which most tools look at the tag alone. */
export interface ImageName {
  name: string;
  tag: string;
}

/** The files of an OCI image layout (image-layout.md): path -> content. `oras`, `skopeo` and others read it. */
export function layoutOf(image: Image, name: ImageName): Record<string, Buffer> {
  const blobs = [image.manifest, image.attached, ...image.blobs, ...image.attachedBlobs];
  return {
    "oci-layout": Buffer.from('{"imageLayoutVersion":"1.0.0"}'),
    "index.json": indexOf(image, name).bytes,
    ...Object.fromEntries(blobs.map((blob) => [pathOf(blob), blob.bytes])),
  };
}

function indexOf(image: Image, { name, tag }: ImageName): Blob {
  const annotations = {
    "org.opencontainers.image.ref.name": tag,
    "io.containerd.image.name": `${name}:${tag}`,
  };
  return jsonBlob(indexType, {
    schemaVersion: 2,
    mediaType: indexType,
    manifests: [{ ...descriptorOf(image.manifest), annotations }, attachedDescriptor(image)],
  });
}

function pathOf(blob: Blob): string {
  return `blobs/${descriptorOf(blob).digest.replace(":", "/")}`;
}
