import { readdirSync } from "node:fs";
import { join } from "node:path";
import { modulesOf } from "../../../tools/cli/modules.js";
import { findManifest } from "../../../tools/manifest/find.js";
import type { Manifest } from "../../../tools/manifest/manifest.js";
import {
  readTrafficFile,
  type FilterInstance,
  type Host,
  type TrafficCase,
  type TrafficDocument,
} from "../../../tools/traffic/index.js";
import type { Stage } from "../../../tools/traffic/play/stage.js";

/** A filter with one of its configurations, and requests that it must refuse and others that it lets through. */
export interface Scene {
  name: string;
  binary: Uint8Array;
  instance: Omit<FilterInstance, "wasm">;
  document: TrafficDocument;
  cases: TrafficCase[];
}

/** Filters of a project that traffic cases are written for. */
export function playedFilters(project: string): string[] {
  const files = readdirSync(join(project, "tests/traffic"));
  return readdirSync(join(project, "filters"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && files.includes(`${entry.name}.yaml`))
    .map(({ name }) => name)
    .sort();
}

/** Scenes of each of these filters that refuses requests, by the filter's name. */
export async function scenesOf(project: string, filters: readonly string[]): Promise<Map<string, Scene[]>> {
  const modules = modulesOf(project);
  const scenes = new Map<string, Scene[]>();
  for (const filter of filters) {
    const manifest = findManifest(filter, project);
    const documents = await documentsOf(project, manifest);
    if (documents.length === 0) continue;
    const { binary, metadata } = await modules.ofManifest(manifest);
    const rootId = metadata.filters[0]!.rootId;
    scenes.set(
      manifest.name,
      documents.map((document) => sceneOf(manifest, document, binary, rootId)),
    );
  }
  return scenes;
}

/** Documents about this filter alone with at least one refusal. */
async function documentsOf(project: string, { name }: Manifest): Promise<TrafficDocument[]> {
  const folder = join(project, "tests/traffic");
  const files = readdirSync(folder).filter((file) => file.startsWith(name) && file.endsWith(".yaml"));
  const read = await Promise.all(files.map((file) => readTrafficFile(join(folder, file))));
  return read
    .flatMap(({ documents }) => documents)
    .filter(({ chain, rejected }) => rejected === null && chain.length === 1 && chain[0]!.filter === name)
    .filter(({ cases }) => cases.some(isRefused));
}

export function isRefused({ upstream }: TrafficCase): boolean {
  return upstream === "none";
}

function sceneOf(manifest: Manifest, document: TrafficDocument, binary: Uint8Array, rootId: string): Scene {
  const link = document.chain[0]!;
  const { failurePolicy, streamIdleTimeoutMs, allowOnHeadersStopIteration, ceiling } = manifest;
  const own = { failurePolicy, streamIdleTimeoutMs, allowOnHeadersStopIteration, ceiling: ceiling?.groups };
  const { configuration, environment } = link;
  const options = { ...own, ...link.options };
  const cases = document.cases
    .filter((one) => one.protocols.includes("http1") && one.tcp === null)
    .map(withoutWaiting);
  const instance = {
    name: manifest.name,
    rootId: link.rootId ?? rootId,
    configuration,
    environment,
    options,
  };
  return { name: `${manifest.name}, line ${document.line}`, binary, instance, document, cases };
}

/** What a filter that traps neither logs nor counts must not be waited for. */
function withoutWaiting(one: TrafficCase): TrafficCase {
  return { ...one, logs: { has: [], without: [] }, metrics: {}, called: {} };
}

export function stageOf(scene: Scene, wasm: string, host: Host): Stage {
  const { document, instance } = scene;
  return { file: "", document, chain: [{ ...instance, wasm }], host, options: {} };
}
