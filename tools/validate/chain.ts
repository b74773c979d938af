import { chainKind } from "../envoy/tcp-kind.js";
import { UserError } from "../errors.js";
import type { Json } from "../manifest/manifest.js";
import { nearest } from "../manifest/nearest.js";
import type { Path } from "../manifest/problems.js";
import type { Mesh } from "../mesh/mesh.js";
import type { Target } from "../targets/index.js";
import { shownPath } from "../shown-path.js";
import { found, merged, nothing, type Outcome } from "./report.js";
import type { Subject } from "./subject.js";
import { about, findingAt } from "./yaml-file.js";

/** The cluster to which requests go; every generated configuration has it. */
const upstream = "upstream";

/** Targets whose configuration has all clusters in it. */
const definesClusters = new Set(["envoy", "ecds", "kubernetes"]);

/** Names of the clusters that a chain's filters can call. */
function clustersOf(mesh: Mesh): string[] {
  return [upstream, ...Object.keys(mesh.callees)];
}

/** Whether a filter that calls a cluster of this name would find it there. */
export function isDefined(mesh: Mesh, target: Target): (cluster: string) => boolean {
  const known = clustersOf(mesh);
  return (cluster) => !definesClusters.has(target.name) || known.includes(cluster);
}

/** What concerns a chain as a whole. */
export function checkChain(subjects: readonly Subject[], mesh: Mesh, target: Target): Outcome {
  const clusters = subjects.map((subject) => knownClusters(subject, clustersOf(mesh)));
  return merged([
    oneKind(subjects),
    ...(definesClusters.has(target.name) ? clusters : clusters.map(asNotes)),
  ]);
}

/** Elsewhere the control plane defines clusters, by names of its own. */
function asNotes({ findings }: Outcome): Outcome {
  return {
    ...nothing(),
    notes: findings.map(({ file, line, text }) => `${file}:${line}: ${text}: the control plane has to`),
  };
}

function oneKind(subjects: readonly Subject[]): Outcome {
  const kinds = subjects.map(({ link: { name, module, manifest } }) => ({
    name,
    kind: module.kindOf(manifest.rootId),
  }));
  try {
    chainKind(kinds);
    return found();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const other = subjects[kinds.findIndex(({ kind }) => kind !== kinds[0]!.kind)]!;
    return found({ ...about(other.chain, error.message), hint: error.hint });
  }
}

/** By convention a setting that names a cluster is called `cluster`, or something that ends so. */
function knownClusters({ configuration: place, link }: Subject, known: readonly string[]): Outcome {
  const named = textsOf(link.manifest.configuration ?? {}).filter(({ key }) => /(^|_)cluster$/.test(key));
  const unknown = named.filter(({ text }) => text !== "" && !known.includes(text));
  return found(
    ...unknown.map(({ path, text }) => ({
      ...findingAt(place, path, `nobody defines the cluster ${text}${likely(text, known)}`),
      hint: `Add it under callees in ${shownPath(place.path)}. There are: ${known.join(", ")}.`,
    })),
  );
}

function likely(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant ? `; did you mean ${meant}?` : "";
}

function textsOf(value: Json, path: Path = []): { path: Path; key: string; text: string }[] {
  if (typeof value === "string") return [{ path, key: String(path.at(-1) ?? ""), text: value }];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, member]) =>
    textsOf(member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
