import { join } from "node:path";
import type { BuildResult } from "../build/index.js";
import { findManifest } from "../manifest/find.js";
import type { Manifest } from "../manifest/manifest.js";
import * as packing from "../pack/index.js";
import type { Image, ImageName, Project, Reference, Variant } from "../pack/index.js";
import { targetOf } from "../targets/index.js";
import { terminal } from "../terminal/index.js";
import { writeWhole } from "../whole.js";
import { UsageError, named } from "./exit.js";
import { modulesOf } from "./modules.js";
import { shownPush } from "./shown-push.js";

export interface PackOptions {
  out: string;
  variant: string;
  target?: string;
  tag?: string;
  tar?: boolean;
  push?: string;
  plainHttp?: boolean;
}

interface Packed {
  manifest: Manifest;
  image: Image;
  name: ImageName;
  folder: string;
}

/** What the command line means, judged before anything is built. */
interface Wanted {
  manifests: Manifest[];
  variant: Variant;
  /** Build switches of the target. */
  switches: Record<string, number> | undefined;
  name: ImageName | undefined;
  /** Where it is pushed. */
  place: Reference | undefined;
}

/** Packs each filter as an image, writes it, pushes it where that is wanted, and says how meshes name it. */
export async function pack(filters: readonly string[], options: PackOptions): Promise<number> {
  const { manifests, variant, switches, name, place } = wantedOf(filters, options);
  const modules = modulesOf(process.cwd());
  for (const manifest of manifests) {
    const project = packing.projectOf(manifest.folder);
    const packed: Packed = {
      manifest,
      image: imageOf(manifest, project, variant, await modules.ofManifest(manifest, switches)),
      name: name ?? nameFor(manifest, project, place),
      folder: join(options.out, `${manifest.name}.oci`),
    };
    write(packed, options.tar === true);
    if (place) await shownPush(packed.image, place, options.plainHttp === true);
    show(packed, place);
  }
  return 0;
}

function wantedOf(filters: readonly string[], { push, tag, target, ...options }: PackOptions): Wanted {
  if (filters.length > 1 && (push !== undefined || tag !== undefined))
    throw new UsageError("--push and --tag name one image: pack one filter at a time");
  if (options.plainHttp && push === undefined) throw new UsageError("--plain-http is about --push");
  const wanted: Wanted = {
    variant: variantOf(options.variant),
    switches: target === undefined ? undefined : named(() => targetOf(target)).defines,
    place: push === undefined ? undefined : named(() => packing.parseReference(push)),
    name: tag === undefined ? undefined : named(() => packing.parseName(tag)),
    manifests: filters.map((one) => named(() => findManifest(one))),
  };
  refuseTwins(wanted.manifests);
  return wanted;
}

function variantOf(text: string): Variant {
  const variant = packing.variants.find((one) => one === text);
  if (variant) return variant;
  throw new UsageError(`--variant: no form "${text}"`, `Forms: ${packing.variants.join(", ")}.`);
}

function refuseTwins(manifests: readonly Manifest[]): void {
  const names = manifests.map(({ name }) => name);
  const twin = names.find((name, at) => names.indexOf(name) < at);
  if (twin) throw new UsageError(`two filters are called ${twin}: pack them one at a time, with --out`);
}

function imageOf(
  manifest: Manifest,
  project: Project,
  variant: Variant,
  { binary: wasm, metadata, mapPath }: BuildResult,
): Image {
  const { name, summary } = manifest;
  const { version, license, root } = project;
  const origins = packing.originsOf(mapPath, root);
  const sbom = packing.sbomOf({ name, version, summary, license, wasm, metadata, origins });
  const rootIds = metadata.filters.map(({ rootId }) => rootId);
  return packing.imageOf({
    wasm,
    variant,
    annotations: packing.annotationsOf(manifest, project),
    rootIds,
    sbom,
  });
}

/** Where it is pushed, else its own name and its project's version. */
function nameFor({ name }: Manifest, { version }: Project, place: Reference | undefined): ImageName {
  if (place) return { name: `${place.registry}/${place.repository}`, tag: place.tag };
  return { name, tag: version?.replace("+", "_") ?? "dev" };
}

function write({ image, name, folder }: Packed, asTar: boolean): void {
  const files = packing.layoutOf(image, name);
  packing.writeLayout(folder, files);
  writeWhole(billPath(folder), image.attachedBlobs.at(-1)!.bytes);
  if (asTar) writeWhole(`${folder}.tar`, packing.tarOf(files));
}

function billPath(folder: string): string {
  return folder.replace(/oci$/, "cdx.json");
}

function show({ image, name, folder }: Packed, pushed: Reference | undefined): void {
  const { line } = terminal();
  const place = pushed ? `${pushed.registry}/${pushed.repository}` : placeFor(name);
  const tag = pushed?.tag ?? name.tag;
  const size = [image.manifest, ...image.blobs].reduce((sum, { bytes }) => sum + bytes.length, 0);
  line(`${folder}  ${size} bytes, bill of materials in ${billPath(folder)}`);
  line(`digest: ${image.digest}`);
  line(`oci://${place}@${image.digest}`);
  line("In mesh.yaml:");
  line(`    image: ${place}:${tag}`);
  line(`    sha256: ${image.digest.replace("sha256:", "")}`);
}

/** A name without a registry stands for one that is yet to be chosen. */
function placeFor({ name }: ImageName): string {
  return /^[^/]*[.:][^/]*\/|^localhost\//.test(name) ? name : `REGISTRY/${name}`;
}
