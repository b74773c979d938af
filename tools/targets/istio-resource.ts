import { note, type Tree } from "../envoy/yaml.js";
import { environmentNames } from "../manifest/instance.js";
import { resolveReferences } from "../manifest/references.js";
import { imageOf } from "./images.js";
import { trafficOf } from "./istio-place.js";
import { nameOf, object } from "./kubernetes-object.js";
import { isTcp } from "./needs.js";
import type { BuiltLink, BuiltMesh } from "./target.js";

type Members = { [key: string]: Tree | undefined };

const version = "extensions.istio.io/v1alpha1";
const strategies = { FAIL_RELOAD: "FAIL_RELOAD", FAIL_CLOSED: "FAIL_CLOSE", FAIL_OPEN: "FAIL_OPEN" } as const;
const consequences = {
  FAIL_RELOAD: "A crash answers that request 5xx; the next ones get a fresh VM after the back-off.",
  FAIL_CLOSED: "After a crash each request is refused until the proxy is configured anew.",
  FAIL_OPEN: "After a crash requests pass without this filter, as the manifest wants it.",
};

export function wasmPluginOf(mesh: BuiltMesh, link: BuiltLink, priority: number): Tree {
  return object(version, "WasmPlugin", mesh, nameOf(mesh, link), {
    spec: { ...workloads(mesh), ...wasmBlock(link), phase: link.phase, priority: ranked(priority) },
  });
}

export function trafficExtensionOf(mesh: BuiltMesh, link: BuiltLink, priority: number): Tree {
  const phase = link.phase === "UNSPECIFIED_PHASE" ? "UNSPECIFIED" : link.phase;
  return object(version, "TrafficExtension", mesh, nameOf(mesh, link), {
    spec: { ...workloads(mesh), phase, priority: ranked(priority), wasm: wasmBlock(link) as Tree },
  });
}

function workloads(mesh: BuiltMesh): Members {
  return { selector: { matchLabels: mesh.selector }, match: trafficOf(mesh) };
}

function ranked(priority: number): Tree {
  return note("The higher one comes first: this keeps the order of the chain.", priority);
}

function wasmBlock(link: BuiltLink): Members {
  const { reference, sha256 } = imageOf(link, "Istio");
  const { failurePolicy, rootId } = link.manifest;
  return {
    url: `oci://${reference}`,
    sha256:
      sha256 === null ? undefined : note("Of the image's manifest: what was tested is what runs.", sha256),
    imagePullPolicy: "IfNotPresent",
    imagePullSecret: link.pullSecret ?? undefined,
    type: isTcp(link) ? "NETWORK" : "HTTP",
    pluginName: rootId === "" ? undefined : note("The filter's root_id.", rootId),
    failStrategy: note(consequences[failurePolicy], strategies[failurePolicy]),
    pluginConfig: pluginConfig(link),
    vmConfig: environment(link),
  };
}

function pluginConfig({ manifest }: BuiltLink): Tree | undefined {
  if (manifest.configuration === undefined) return undefined;
  return resolveReferences(manifest.configuration, manifest.folder).configuration;
}

function environment({ manifest }: BuiltLink): Tree | undefined {
  const names = environmentNames(manifest);
  if (names.length === 0) return undefined;
  return note("From the environment of the proxy's container.", {
    env: names.map((name) => ({ name, valueFrom: "HOST" })),
  });
}
