import type { ModuleMetadata } from "../build/metadata.js";
import type { NpmPackage, Origins } from "./sources.js";
import { hexOf, jsonBlob, type Blob } from "./blob.js";

export interface BillOf {
  name: string;
  /** Absent where nobody has given one. */
  version?: string;
  summary: string;
  /** SPDX identifier or expression. */
  license?: string;
  wasm: Uint8Array;
  metadata: ModuleMetadata;
  origins: Origins;
}

/**
 * What a module is made of, as CycloneDX 1.6: the library, the compiler with its standard library, other packages, and the
 * author's own files. It says neither time nor serial number, so that equal modules have equal bills.
 */
export function sbomOf(bill: BillOf): Blob {
  const license = "Apache-2.0";
  const sdk: NpmPackage = { name: "meshscript", version: bill.metadata.sdk, license };
  const compiler: NpmPackage = { name: "assemblyscript", version: bill.metadata.compiler, license };
  const packages = [sdk, compiler, ...bill.origins.packages].map((one) => npmPackage(one));
  const files = Object.entries(bill.origins.files).map(([path, content]) => sourceFile(path, content));
  const value = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { tools: { components: [npmPackage(sdk, "tool:")] }, component: moduleOf(bill) },
    components: [...packages, ...files],
    dependencies: [
      { ref: bill.name, dependsOn: packages.map((one) => one["bom-ref"]) },
      ...packages.map((one) => ({ ref: one["bom-ref"] })),
    ],
  };
  return jsonBlob("application/vnd.cyclonedx+json", value, `${bill.name}.cdx.json`);
}

function moduleOf({ name, version, summary, license, wasm }: BillOf): object {
  return {
    type: "application",
    "bom-ref": name,
    name,
    ...(version ? { version } : {}),
    description: summary,
    hashes: hashes(wasm),
    ...licenses(license),
  };
}

function npmPackage({ name, version, license }: NpmPackage, prefix = "") {
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  return {
    type: "library",
    "bom-ref": `${prefix}${purl}`,
    name,
    version,
    ...licenses(license),
    purl,
  };
}

function licenses(expression: string | undefined): object {
  return expression ? { licenses: [{ expression }] } : {};
}

function sourceFile(path: string, content: Uint8Array): object {
  return { type: "file", "bom-ref": `file:${path}`, name: path, hashes: hashes(content) };
}

function hashes(content: Uint8Array): object[] {
  return [{ alg: "SHA-256", content: hexOf(content) }];
}
