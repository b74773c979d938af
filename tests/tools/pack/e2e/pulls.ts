import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "../../../../tools/pack/blob.js";
import type { GoProgram } from "./parts/go-program.js";
import { envoyGateway, istio, oras } from "./parts/programs.js";
import type { Proof } from "./proof.js";
import { filter, folderIn, succeeding, variants, type Stage } from "./stage.js";

/** Whoever pulls an image gets the module that was compiled. */
export function pullProofs(stage: Stage): Proof[] {
  return variants.flatMap((variant) => [
    { name: `${variant}: oras pulls the module from the registry`, run: () => orasPulls(stage, variant) },
    {
      name: `${variant}: oras pulls it from the layout, folder and file`,
      run: () => orasReads(stage, variant),
    },
    { name: `${variant}: oras finds the bill of materials`, run: () => orasDiscovers(stage, variant) },
    ...[istio, envoyGateway].map((fetcher) => ({
      name: `${variant}: ${fetcher.module} ${fetcher.version} pulls the module, by tag and by digest`,
      run: () => meshPulls(stage, variant, fetcher),
    })),
  ]);
}

async function orasPulls(stage: Stage, variant: string): Promise<void> {
  const { image } = await stage.pushed(variant);
  const folder = folderIn(stage, `${variant}-registry`);
  await succeeding(await stage.program(oras), ["pull", "--plain-http", image], folder);
  await sameModule(stage, folder, variant);
}

async function orasReads(stage: Stage, variant: string): Promise<void> {
  const { out } = await stage.pushed(variant);
  for (const form of [`${filter}.oci`, `${filter}.oci.tar`]) {
    const folder = folderIn(stage, `${variant}-${form}`);
    const layout = `${join(out, form)}:${variant}`;
    await succeeding(await stage.program(oras), ["pull", "--oci-layout", layout], folder);
    await sameModule(stage, folder, variant);
  }
}

async function sameModule(stage: Stage, folder: string, variant: string): Promise<void> {
  if (variant === "compat") await succeeding("tar", ["-xzf", "plugin.tar.gz"], folder);
  assert.equal(digestOf(readFileSync(join(folder, "plugin.wasm"))), digestOf(stage.wasm()));
}

async function orasDiscovers(stage: Stage, variant: string): Promise<void> {
  const { image, out } = await stage.pushed(variant);
  const program = await stage.program(oras);
  const folder = folderIn(stage, `${variant}-bill`);
  const found = JSON.parse(
    await succeeding(program, ["discover", "--plain-http", "--format", "json", image], folder),
  );
  const [{ digest, artifactType }, ...others] = found.referrers;
  assert.deepEqual([artifactType, others], ["application/vnd.cyclonedx+json", []]);
  await succeeding(program, ["pull", "--plain-http", `${image.replace(/:\w+$/, "")}@${digest}`], folder);
  const name = `${filter}.cdx.json`;
  assert.ok(readFileSync(join(folder, name)).equals(readFileSync(join(out, name))));
}

async function meshPulls(stage: Stage, variant: string, fetcher: GoProgram): Promise<void> {
  const { image, digest } = await stage.pushed(variant);
  const program = await stage.program(fetcher);
  const folder = folderIn(stage, `${variant}-${fetcher.name}`);
  for (const reference of [image, `${image.replace(/:\w+$/, "")}@${digest}`]) {
    const output = await succeeding(program, [reference, join(folder, "plugin.wasm")], folder);
    assert.match(output, new RegExp(`^digest ${digest}$`, "m"));
    assert.equal(digestOf(readFileSync(join(folder, "plugin.wasm"))), digestOf(stage.wasm()));
  }
}
