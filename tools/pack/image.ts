import { descriptorOf, digestOf, jsonBlob, type Blob, type Descriptor } from "./blob.js";
import { storedGzip } from "./gzip.js";
import { tarOf } from "./tar.js";

/**
 * The two forms that the wasm image specification knows. `compat` is an ordinary image of one layer that holds
 * `plugin.wasm`; `oci` has the configuration and the module itself as its two layers.
 */
export const variants = ["compat", "oci"] as const;
export type Variant = (typeof variants)[number];

export interface ImageSource {
  wasm: Uint8Array;
  variant: Variant;
  annotations: Record<string, string>;
  /** What the module answers to, for `runtime-config.json`. */
  rootIds: readonly string[];
  /** A software bill of materials, attached to the image. */
  sbom: Blob;
}

export interface Image {
  /** Digest of the manifest: what names the image for ever. */
  digest: string;
  manifest: Blob;
  /**
   * The bill of materials as an artifact that refers to the image. It is no layer of the image: proxies take the last
   * layer, or insist on two.
   */
  attached: Blob;
  /** All that the image's manifest refers to. */
  blobs: Blob[];
  /** All that the artifact refers to besides the image. */
  attachedBlobs: Blob[];
}

export const manifestType = "application/vnd.oci.image.manifest.v1+json";
const configType = "application/vnd.oci.image.config.v1+json";
const layerType = "application/vnd.oci.image.layer.v1.tar+gzip";
const emptyType = "application/vnd.oci.empty.v1+json";

/** An image that is bit for bit the same for equal sources. */
export function imageOf(source: ImageSource): Image {
  const { config, layers } = source.variant === "oci" ? ociParts(source) : compatParts(source);
  const manifest = manifestOf(config, layers, { annotations: annotationsOf(source) });
  const empty = jsonBlob(emptyType, {});
  const about = { artifactType: source.sbom.mediaType, subject: descriptorOf(manifest) };
  return {
    digest: digestOf(manifest.bytes),
    manifest,
    attached: manifestOf(empty, [source.sbom], about),
    blobs: [config, ...layers],
    attachedBlobs: [empty, source.sbom],
  };
}

/** How an index refers to the artifact that holds the bill of materials. */
export function attachedDescriptor({ attached, attachedBlobs }: Image): Descriptor {
  return { ...descriptorOf(attached), artifactType: attachedBlobs.at(-1)!.mediaType };
}

interface Parts {
  config: Blob;
  layers: Blob[];
}

function compatParts({ wasm }: ImageSource): Parts {
  const tar = tarOf({ "plugin.wasm": wasm });
  const layer = { mediaType: layerType, bytes: storedGzip(tar), title: "plugin.tar.gz" };
  return { config: configOf([tar]), layers: [layer] };
}

function ociParts({ wasm, rootIds }: ImageSource): Parts {
  const runtime = { type: "envoy_proxy", abiVersions: ["v0.2.1"], config: { rootIds } };
  const layers: Blob[] = [
    jsonBlob("application/vnd.module.wasm.config.v1+json", runtime, "runtime-config.json"),
    {
      mediaType: "application/vnd.module.wasm.content.layer.v1+wasm",
      bytes: Buffer.from(wasm),
      title: "plugin.wasm",
    },
  ];
  return { config: configOf(layers.map(({ bytes }) => bytes)), layers };
}

/** A module runs anywhere; but container engines pull nothing for a platform that they do not know. */
function configOf(contents: Uint8Array[]): Blob {
  return jsonBlob(configType, {
    architecture: "amd64",
    os: "linux",
    config: {},
    rootfs: { type: "layers", diff_ids: contents.map(digestOf) },
  });
}

function annotationsOf({ variant, annotations }: ImageSource): Record<string, string> {
  return { ...annotations, ...(variant === "compat" ? { "module.wasm.image/variant": "compat" } : {}) };
}

interface About {
  artifactType?: string;
  subject?: Descriptor;
  annotations?: Record<string, string>;
}

function manifestOf(config: Blob, layers: Blob[], { artifactType, subject, annotations }: About): Blob {
  return jsonBlob(manifestType, {
    schemaVersion: 2,
    mediaType: manifestType,
    ...(artifactType ? { artifactType } : {}),
    config: descriptorOf(config),
    layers: layers.map(descriptorOf),
    ...(subject ? { subject } : {}),
    ...(annotations ? { annotations } : {}),
  });
}
