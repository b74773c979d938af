import { mkdtempSync, readFileSync, renameSync, rmSync, existsSync } from "node:fs";
import { join } from "node:path";
import { onPath, run } from "../../../../../tools/envoy/program.js";
import { digestOf } from "../../../../../tools/pack/blob.js";
import { Missing, partsFolder } from "./parts.js";

/** CycloneDX's own library ships the schemas that it has published. */
const library = {
  name: "@cyclonedx/cyclonedx-library",
  version: "10.3.0",
  file: "cyclonedx-cyclonedx-library-10.3.0.tgz",
  digest: "sha256:9833bd949052eb18218dd64b13ad62d9246f7395eef01c66dad08fcbacf74f01",
};

export interface Schemas {
  bill: object;
  /** Those that it refers to, by the addresses that it has for them. */
  parts: Record<string, object>;
}

export async function cycloneDxSchemas(): Promise<Schemas> {
  const folder = join(partsFolder(), `cyclonedx-${library.version}`);
  if (!existsSync(folder)) await fetchInto(folder);
  const schema = (name: string) =>
    JSON.parse(readFileSync(join(folder, "res", "schema", `${name}.SNAPSHOT.schema.json`), "utf8"));
  const address = (name: string) => `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`;
  const parts = ["spdx", "jsf-0.82"].map((name) => [address(name), schema(name)]);
  return { bill: schema("bom-1.6"), parts: Object.fromEntries(parts) };
}

async function fetchInto(folder: string): Promise<void> {
  if (onPath("npm", process.env).length === 0) throw new Missing("there is no npm on PATH");
  const staging = mkdtempSync(join(partsFolder(), "unpacking-"));
  const options = { cwd: staging, bound: 120_000 };
  try {
    const packed = await run("npm", ["pack", `${library.name}@${library.version}`], options);
    if (packed.code !== 0) throw new Missing(`${library.name} cannot be fetched`);
    const digest = digestOf(readFileSync(join(staging, library.file)));
    if (digest !== library.digest) throw new Error(`${library.file} is ${digest}, not ${library.digest}`);
    const unpacked = await run("tar", ["-xzf", library.file, "package/res"], options);
    if (unpacked.code !== 0) throw new Error(unpacked.output);
    renameSync(join(staging, "package"), folder);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
