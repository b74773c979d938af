import { createHash } from "node:crypto";

/** Content of an image, known by its digest. */
export interface Blob {
  mediaType: string;
  bytes: Buffer<ArrayBuffer>;
  /** Name of the file that `oras pull` makes of it. */
  title?: string;
}

/** How a manifest refers to a blob (OCI image specification, descriptor.md). */
export interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
  annotations?: Record<string, string>;
  artifactType?: string;
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${hexOf(bytes)}`;
}

/** SHA-256 in hexadecimal. */
export function hexOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export function descriptorOf({ mediaType, bytes, title }: Blob): Descriptor {
  const annotations = title ? { annotations: { "org.opencontainers.image.title": title } } : {};
  return { mediaType, digest: digestOf(bytes), size: bytes.length, ...annotations };
}

/** JSON as a blob: equal values written in equal order give equal bytes. */
export function jsonBlob(mediaType: string, value: unknown, title?: string): Blob {
  return { mediaType, bytes: Buffer.from(JSON.stringify(value)), title };
}
