import { UserError } from "../errors.js";
import { sharesState } from "../envoy/capabilities.js";
import { seconds } from "../envoy/parts.js";
import { pluginOfManifest } from "../envoy/plugin.js";
import { environmentNames } from "../manifest/instance.js";
import { isPinned } from "./images.js";
import { idleMs, isTcp, waits } from "./needs.js";
import type { BuiltLink, BuiltMesh } from "./target.js";

interface Loss {
  /** What is lost and what that means, for those of the chain's filters whom it concerns. */
  says: (links: readonly BuiltLink[]) => string;
  /** Whom the loss concerns; everybody unless told. */
  concerns?: (link: BuiltLink) => boolean;
  /** Who cannot be right without it: is refused. */
  needed?: (link: BuiltLink) => boolean;
}

const losses = {
  vm_id: { says: () => "vm_id: the host chooses it." },
  shared_state: {
    says: () =>
      "vm_id: shared data and queues belong to it, and every filter of the proxy has the same one: others could read and change what this one keeps.",
    needed: (link) => sharesState(link.module),
  },
  capabilities: {
    says: (links) =>
      links.every(({ image }) => image !== null && isPinned(image))
        ? "capability_restriction_config: the modules get all host functions that they import."
        : "capability_restriction_config: the modules get all host functions that they import, and so does what may come in their place: state each image's sha256.",
  },
  ceiling: {
    says: () =>
      "capability_restriction_config: nothing here withholds what the module imports beyond its manifest's capabilities.",
    needed: isBeyondCeiling,
  },
  stream_idle_timeout: {
    says: (links) =>
      `stream_idle_timeout ${seconds(idleMs(links))}: it ends streams that wait on a crashed VM, and has to be above the longest callout.`,
    concerns: waits,
  },
  headers_held: {
    says: () =>
      "allow_on_headers_stop_iteration: without it a filter that holds headers until it has judged the body never sees the body.",
    needed: (link) => link.manifest.allowOnHeadersStopIteration || link.module.holdsHeaders,
  },
  responses_held: {
    says: () => "no response waits here for a filter to let it go on, which this one may count on.",
    needed: (link) =>
      waits(link) && link.module.callbacks.some((name) => name.startsWith("proxy_on_response_")),
  },
  fail_reload: {
    says: (links) =>
      `FAIL_RELOAD of ${namesOf(links)}: after a crash every request is refused until the proxy restarts or is configured anew, as with FAIL_CLOSED.`,
    concerns: (link) => link.manifest.failurePolicy === "FAIL_RELOAD",
  },
  back_off: {
    says: () => "reload_config: after a crash requests are refused for 1 s, not for 0.1 s.",
    concerns: (link) => link.manifest.failurePolicy === "FAIL_RELOAD",
  },
  fail_open: {
    says: (links) => `FAIL_OPEN of ${namesOf(links)}:`,
    concerns: (link) => link.manifest.failurePolicy === "FAIL_OPEN",
  },
  fail_open_refused: {
    says: () => "FAIL_OPEN: a filter that fails stops the request here.",
    concerns: (link) => link.manifest.failurePolicy === "FAIL_OPEN",
  },
  edge: {
    says: () =>
      "normalize_path, merge_slashes, path_with_escaped_slashes_action and headers_with_underscores_action: the listener has them, not the filter.",
  },
  stats_tags: {
    says: (links) =>
      `stats_tags: ${tagsOf(links).join(", ")} of the filters' metrics stay in the metrics' names instead of becoming labels.`,
    concerns: (link) => link.module.metricTags.length > 0,
  },
  tcp: { says: () => "it filters TCP connections, and filters here see HTTP alone.", needed: isTcp },
  environment: {
    says: ([link]) =>
      `environment_variables: it reads ${environmentNames(link!.manifest).join(", ")}, and filters here see no environment.`,
    needed: (link) => environmentNames(link.manifest).length > 0,
  },
  phase: {
    says: (links) => `phase of ${namesOf(links)}:`,
    concerns: (link) => link.phase !== "UNSPECIFIED_PHASE",
  },
} satisfies Record<string, Loss>;

/** Features of Envoy's own form that other forms may lack. */
export type Feature = keyof typeof losses;

/** What a target lacks, each with what it means or what to do about it there: "" where there is nothing to say. */
export type Lacking = Partial<Record<Feature, string>>;

/** The sentences for what a target lacks; a UserError where the chain cannot do without it. */
export function lostIn(mesh: BuiltMesh, target: string, lacking: Lacking): string[] {
  const features = Object.keys(lacking) as Feature[];
  for (const feature of features) refuseNeeded(mesh.links, target, feature, lacking[feature]!);
  return features.flatMap((feature) => {
    const { says, concerns, needed }: Loss = losses[feature];
    const links = mesh.links.filter(concerns ?? (needed ? () => false : () => true));
    return links.length > 0 ? [`${says(links)} ${lacking[feature]}`.trim()] : [];
  });
}

function refuseNeeded(links: readonly BuiltLink[], target: string, feature: Feature, remedy: string): void {
  const { says, needed }: Loss = losses[feature];
  const link = links.find((one) => needed?.(one));
  if (!link) return;
  throw new UserError(
    `${link.name}: ${target} cannot express what this filter depends on: ${says([link])}`,
    remedy || "Deploy it with the target envoy, ecds, kubernetes or istio.",
  );
}

function isBeyondCeiling({ manifest, module }: BuiltLink): boolean {
  return pluginOfManifest(manifest, module, "").withheld.length > 0;
}

function namesOf(links: readonly BuiltLink[]): string {
  return links.map(({ name }) => name).join(", ");
}

function tagsOf(links: readonly BuiltLink[]): string[] {
  return [...new Set(links.flatMap(({ module }) => module.metricTags))].sort();
}
