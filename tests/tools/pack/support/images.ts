import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { ModuleMetadata } from "../../../../tools/build/metadata.js";
import { jsonBlob } from "../../../../tools/pack/blob.js";
import { imageOf, type Image, type ImageSource } from "../../../../tools/pack/image.js";

/** Not a module, but nobody on the way looks. */
export const wasm = Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * 7 + (at >> 8)) & 0xff));

export const metadata: ModuleMetadata = {
  sdk: "0.1.0",
  compiler: "0.28.20",
  filters: [
    { className: "A", rootId: "a", kind: "http", settings: true, stateful: false, holdsHeaders: false },
  ],
};

export function demoImage(changes: Partial<ImageSource> = {}): Image {
  return imageOf({
    wasm,
    variant: "compat",
    annotations: { "org.opencontainers.image.title": "demo" },
    rootIds: ["a"],
    sbom: jsonBlob("application/vnd.cyclonedx+json", { bomFormat: "CycloneDX" }, "demo.cdx.json"),
    ...changes,
  });
}

/** A folder that is gone after the test. */
export function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "meshscript-pack-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
