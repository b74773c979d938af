import { basename, join } from "node:path";
import { build } from "../../../../tools/build/index.js";
import { readModule } from "../../../../tools/envoy/module.js";
import type { JsonObject, Manifest } from "../../../../tools/manifest/manifest.js";
import type { MeshLink } from "../../../../tools/mesh/mesh.js";
import { packageRoot } from "../../../../tools/package-root.js";
import type { BuiltLink, BuiltMesh, Target } from "../../../../tools/targets/index.js";
import { manifest } from "../../demo/support/manifest.js";
import { temporaryFolder } from "../../envoy/support/setup.js";

const folder = temporaryFolder();
const built = new Map<string, Promise<string>>();

/** What a mesh may say of a filter, and its manifest. */
export type Changes = Partial<Omit<MeshLink, "manifest">> & {
  configuration?: JsonObject;
  manifest?: Partial<Manifest>;
};

/** A filter of the repository's, or one that the traffic cases are played with, compiled as a target wants it. */
export async function link(
  filter: string,
  changes: Changes = {},
  target: Pick<Target, "name" | "defines"> = { name: "envoy" },
): Promise<BuiltLink> {
  const { manifest, configuration, ...rest } = changes;
  const name = changes.name ?? basename(filter);
  const wasmPath = await compiled(filter, target.defines);
  return {
    name,
    image: { reference: `registry.example/filters/${name}:1.0.0`, sha256: null },
    pullSecret: null,
    phase: "UNSPECIFIED_PHASE",
    priority: null,
    manifest: { ...plain(name, join(packageRoot, filter)), configuration, ...manifest },
    module: readModule(wasmPath),
    wasmPath,
    modulePath: wasmPath,
    ...rest,
  };
}

/** A mesh as a mesh.yaml has it, around filters. */
export function meshWith(links: BuiltLink[], changes: Partial<BuiltMesh> = {}): BuiltMesh {
  return {
    path: "/project/mesh.yaml",
    source: "mesh.yaml",
    name: "shop",
    namespace: "store",
    selector: { app: "orders" },
    route: { name: "orders", gateway: "edge", service: "orders", port: 8080 },
    ingress: ["orders"],
    upstream: { address: "127.0.0.1", port: 9000, protocol: "http1" },
    callees: {},
    links,
    ...changes,
  };
}

/** The filters of which the tests speak, by what is special about them. */
export const filters = {
  apiKey: "filters/api-key",
  headers: "filters/headers",
  holdsHeaders: "tests/traffic/filters/whole-body",
  sharesData: "tests/traffic/filters/keeping",
  calls: "tests/traffic/filters/ask-authority",
  counts: "tests/traffic/filters/counting",
  seesTrailers: "tests/traffic/filters/trailers",
  cutsStreams: "tests/traffic/filters/redact",
  ticks: "tests/traffic/filters/ticking",
  tcp: "tests/traffic/filters/tcp-edits",
};

export const apiKeys: JsonObject = {
  credentials: [{ key: "test-key-alice", client: "alice" }],
  key_sources: [{ header: "x-api-key" }],
};

export const stamp: JsonObject = {
  mutations: { response_mutations: [{ set: { key: "x-stamp", value: "first" } }] },
};

function compiled(filter: string, defines: Record<string, number> = {}): Promise<string> {
  const key = JSON.stringify([filter, defines]);
  const outDir = join(folder, String(built.size));
  const known =
    built.get(key) ??
    build({ entry: join(packageRoot, filter), outDir, defines }).then(({ wasmPath }) => wasmPath);
  built.set(key, known);
  return known;
}

function plain(name: string, folder: string): Manifest {
  return { ...manifest(name), path: join(folder, "filter.yaml"), folder, summary: "" };
}
