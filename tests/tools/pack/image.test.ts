import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { digestOf, type Blob } from "../../../tools/pack/blob.js";
import { layoutOf } from "../../../tools/pack/layout.js";
import { demoImage, wasm } from "./support/images.js";

const json = ({ bytes }: Blob) => JSON.parse(bytes.toString());

test("compat is one layer, an archive that holds plugin.wasm", () => {
  const image = demoImage();
  const { layers, config, annotations } = json(image.manifest);
  const [configBlob, layer] = image.blobs as [Blob, Blob];
  assert.deepEqual(
    layers.map(({ mediaType }: Blob) => mediaType),
    ["application/vnd.oci.image.layer.v1.tar+gzip"],
  );
  assert.equal(config.mediaType, "application/vnd.oci.image.config.v1+json");
  assert.equal(annotations["module.wasm.image/variant"], "compat");
  const tar = gunzipSync(layer.bytes);
  assert.equal(tar.toString("latin1", 0, 11), "plugin.wasm");
  assert.ok(tar.subarray(512, 512 + wasm.length).equals(wasm));
  assert.deepEqual(json(configBlob).rootfs.diff_ids, [digestOf(tar)]);
});

test("oci is exactly two layers: the configuration, and the module as it is", () => {
  const image = demoImage({ variant: "oci", rootIds: ["a", "b"] });
  const { layers, annotations } = json(image.manifest);
  assert.deepEqual(
    layers.map(({ mediaType }: Blob) => mediaType),
    ["application/vnd.module.wasm.config.v1+json", "application/vnd.module.wasm.content.layer.v1+wasm"],
  );
  assert.deepEqual(json(image.blobs[1]!), {
    type: "envoy_proxy",
    abiVersions: ["v0.2.1"],
    config: { rootIds: ["a", "b"] },
  });
  assert.equal(layers[1].digest, digestOf(wasm));
  assert.deepEqual(annotations, { "org.opencontainers.image.title": "demo" });
});

for (const variant of ["compat", "oci"] as const) {
  test(`${variant}: the bill of materials refers to the image and is no part of it`, () => {
    const image = demoImage({ variant });
    const attached = json(image.attached);
    assert.equal(attached.artifactType, "application/vnd.cyclonedx+json");
    assert.equal(attached.subject.digest, image.digest);
    const bill = attached.layers[0].digest;
    assert.ok(!image.manifest.bytes.includes(bill));
  });
}

test("equal sources give equal images, another module another digest", () => {
  assert.deepEqual(demoImage(), demoImage());
  assert.notEqual(demoImage({ wasm: wasm.subarray(1) }).digest, demoImage().digest);
});

test("a layout holds each blob under its own digest, and an index that names the image", () => {
  const image = demoImage();
  const files = layoutOf(image, { name: "filters/demo", tag: "1.2.0" });
  const index = JSON.parse(files["index.json"]!.toString());
  assert.deepEqual(index.manifests[0].annotations, {
    "org.opencontainers.image.ref.name": "1.2.0",
    "io.containerd.image.name": "filters/demo:1.2.0",
  });
  assert.equal(index.manifests[0].digest, image.digest);
  assert.equal(index.manifests[1].artifactType, "application/vnd.cyclonedx+json");
  const blobs = Object.entries(files).filter(([path]) => path.startsWith("blobs/"));
  assert.equal(blobs.length, 6);
  for (const [path, bytes] of blobs)
    assert.equal(path, `blobs/sha256/${digestOf(bytes).slice("sha256:".length)}`);
});
