import { readFileSync } from "node:fs";
import { UserError } from "../errors.js";
import { discoveredFile, versionOf, type Discovery } from "../envoy/discovery.js";
import { pluginOfManifest, type Plugin } from "../envoy/plugin.js";
import type { Tree } from "../envoy/yaml.js";
import { shortHash } from "../envoy/short-hash.js";
import { pinned } from "./images.js";
import { object } from "./kubernetes-object.js";
import type { BuiltLink, BuiltMesh } from "./target.js";

/** How the modules of a chain get into a pod. */
export interface Modules {
  /** The chain, with the modules where the pod has them. */
  plugins: Plugin[];
  /** Where Envoy finds the filters; undefined where they stand in the bootstrap. */
  discovery: Discovery | undefined;
  objects: Tree[];
  volumes: { volume: Tree; mount: Tree }[];
  pullSecrets: string[];
  /** For the heading: which way it is, and what a change does. */
  about: string;
}

/** What a ConfigMap holds at most, as a cluster's store counts it. */
const most = 1024 * 1024;
const folder = "/etc/envoy/filters";
/**
 * The link behind which the kubelet exchanges all of a ConfigMap at once. Envoy reads as soon as it is exchanged, when new
 * files have no names beside the old ones' yet.
 */
const current = `${folder}/..data`;

/** From images where the mesh names them, otherwise in a ConfigMap. A UserError where it names only some. */
export function modulesOf(mesh: BuiltMesh): Modules {
  const without = mesh.links.find(({ image }) => image === null);
  if (!without) return fromImages(mesh);
  const other = mesh.links.find(({ image }) => image !== null);
  if (!other) return fromConfigMap(mesh);
  throw new UserError(
    `${without.name} has no image, and ${other.name} has one`,
    "In the mesh.yaml, name an image for each filter, or for none: then the modules go into a ConfigMap.",
  );
}

function fromImages(mesh: BuiltMesh): Modules {
  const path = (link: BuiltLink) => `/modules/${link.name}`;
  const secrets = mesh.links.flatMap(({ pullSecret }) => pullSecret ?? []);
  return {
    plugins: mesh.links.map((link) =>
      pluginOfManifest(link.manifest, link.module, `${path(link)}/plugin.wasm`),
    ),
    discovery: undefined,
    objects: [],
    volumes: mesh.links.map((link, at) => ({
      volume: { name: `module-${at}`, image: { reference: pinned(link.image!), pullPolicy: "IfNotPresent" } },
      mount: { name: `module-${at}`, mountPath: path(link), readOnly: true },
    })),
    pullSecrets: [...new Set(secrets)].sort(),
    about: `The modules are volumes made of images, for Kubernetes 1.33 and later (until 1.35 with the feature gate ImageVolume).
Images are as meshscript pack makes them. Each change rolls the pods, and kubectl rollout undo takes all of it back.`,
  };
}

function fromConfigMap(mesh: BuiltMesh): Modules {
  const name = `${mesh.name}-filters`;
  const filters = mesh.links.map(configured);
  refuseTooLarge(filters);
  const data = Object.fromEntries(filters.map(({ plugin, file }) => [`${plugin.name}.yaml`, file]));
  const binaryData = Object.fromEntries(filters.map(({ moduleName, base64 }) => [moduleName, base64]));
  return {
    plugins: filters.map(({ plugin }) => plugin),
    discovery: { folder, byLink: true },
    objects: [object("v1", "ConfigMap", mesh, name, { data, binaryData })],
    volumes: [
      {
        volume: { name: "filters", configMap: { name } },
        mount: { name: "filters", mountPath: folder, readOnly: true },
      },
    ],
    pullSecrets: [],
    about: `The modules and the filters' configurations are one ConfigMap, which running pods take up without a restart, within a
minute or so. Above 256 KiB it takes: kubectl apply --server-side.`,
  };
}

interface Configured {
  plugin: Plugin;
  file: string;
  moduleName: string;
  base64: string;
}

/** The module is named after its content: Envoy does not look again into a file whose name it knows. */
function configured(link: BuiltLink): Configured {
  const binary = readFileSync(link.wasmPath);
  const hash = shortHash(binary);
  const moduleName = `${link.name}-${hash}.wasm`;
  const plugin = pluginOfManifest(link.manifest, link.module, `${current}/${moduleName}`);
  const file = discoveredFile(
    plugin,
    versionOf(plugin, hash),
    "Envoy takes this up when the ConfigMap changes.",
  );
  return { plugin, file, moduleName, base64: binary.toString("base64") };
}

function refuseTooLarge(filters: readonly Configured[]): void {
  const size = filters.reduce((sum, { file, base64 }) => sum + file.length + base64.length, 0);
  if (size <= most) return;
  const largest = [...filters].sort((one, other) => other.base64.length - one.base64.length)[0]!;
  throw new UserError(
    `the modules and configurations are ${size} bytes in base64, and a ConfigMap holds ${most}; ${largest.plugin.name} has the largest module`,
    "Name an image for each filter in the mesh.yaml: `meshscript pack --push` makes them.",
  );
}
