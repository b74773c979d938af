import { createHash } from "node:crypto";
import { UserError } from "../errors.js";
import { toYaml } from "../envoy/yaml.js";
import { configurationText } from "../manifest/instance.js";
import { refuseForbidden } from "./forbidden.js";
import { imageOf, pinned } from "./images.js";
import { headingOf } from "./kubernetes-object.js";
import { lostIn, type Lacking } from "./losses.js";
import type { BuiltLink, BuiltMesh, Generated, Target } from "./target.js";

const title = "Google Cloud Service Extensions";
const most = 3;
const noCallouts = "the host lets no filter make calls";
const noState = "the host shares nothing between requests";
const noWaiting = "the host goes on at once, whatever a filter wants to wait for";
const noTrailers = "the host shows no trailers";
const lacking: Lacking = {
  tcp: "",
  headers_held: "",
  environment: "Give the values as digests: { sha256: … }.",
  capabilities: "",
  fail_reload: "",
  edge: "Set them for the load balancer; filters of meshscript normalise where they match paths.",
  phase: "a traffic extension runs last, after authorization extensions.",
};

/** Google Cloud's Service Extensions: a script that deploys plugins and puts them into a load balancer's chain. */
export const gcp: Target = {
  name: "gcp",
  defines: { MESHSCRIPT_NO_METRICS: 1, MESHSCRIPT_NO_LOG_LEVEL: 1 },
  forbids: {
    proxy_set_tick_period_milliseconds: "the host has no timers",
    proxy_define_metric: "the host has no metrics of filters",
    proxy_get_log_level: "the host does not tell its log's level",
    proxy_get_shared_data: noState,
    proxy_set_shared_data: noState,
    proxy_register_shared_queue: noState,
    proxy_resolve_shared_queue: noState,
    proxy_enqueue_shared_queue: noState,
    proxy_dequeue_shared_queue: noState,
    proxy_http_call: noCallouts,
    proxy_grpc_call: noCallouts,
    proxy_grpc_stream: noCallouts,
    proxy_continue_stream: noWaiting,
    proxy_close_stream: "the host lets no filter cut a stream",
    proxy_call_foreign_function: "the host has no foreign functions",
    proxy_on_request_trailers: noTrailers,
    proxy_on_response_trailers: noTrailers,
  },
  generate,
};

function generate(mesh: BuiltMesh): Generated {
  if (mesh.links.length > most)
    throw new UserError(
      `${mesh.links.length} filters: a traffic extension of Google Cloud holds ${most} in a chain`,
    );
  const lost = lostIn(mesh, title, lacking);
  refuseForbidden(mesh, gcp, title);
  const configurations = mesh.links.map((link) => [
    `gcp/${link.name}.json`,
    `${configurationText(link.manifest)}\n`,
  ]);
  return {
    files: { [`gcp/${mesh.name}.sh`]: script(mesh, lost), ...Object.fromEntries(configurations) },
    lost,
  };
}

function script(mesh: BuiltMesh, lost: string[]): string {
  const unused = ["selector", "route", "ingress", "upstream"] as const;
  const heading = headingOf(mesh, title, lost, unused)
    .replace(/^(?=.)/gm, "# ")
    .replace(/^$/gm, "#");
  return `#!/bin/sh
${heading}
# The modules have to be built for this host: meshscript pack --target gcp leaves out metrics and the log-level look-up.
set -eu
cd "$(dirname "$0")"
: "\${PROJECT:?the project, by its id}"
: "\${FORWARDING_RULE:?the load balancer's forwarding rule, by its full URL}"
: "\${SCHEME:=EXTERNAL_MANAGED}"

# A plugin is created once; then it gets versions, named after all that is in them.
deploy() {
  current=$(gcloud service-extensions wasm-plugins describe "$1" --project="$PROJECT" --location=global \\
    --format="value(mainVersionId)" 2>/dev/null) || current=
  case "$current" in
    "$3") return ;;
    "") verb=create ;;
    *) verb=update ;;
  esac
  gcloud service-extensions wasm-plugins "$verb" "$1" --project="$PROJECT" --location=global \\
    --image="$2" --main-version="$3" --plugin-config-file="$1.json"
}

${mesh.links.map(deployment).join("\n")}

gcloud service-extensions lb-traffic-extensions import ${mesh.name} --project="$PROJECT" --location=global <<END
${toYaml(extension(mesh), "").trim()}
END
`;
}

function deployment(link: BuiltLink): string {
  const image = pinned(imageOf(link, "Google Cloud"));
  const content = createHash("sha256")
    .update(`${image}\n${configurationText(link.manifest)}`)
    .digest("hex");
  return `deploy ${link.name} ${image} v-${content.slice(0, 12)}`;
}

function extension(mesh: BuiltMesh) {
  return {
    name: mesh.name,
    loadBalancingScheme: "$SCHEME",
    forwardingRules: ["$FORWARDING_RULE"],
    extensionChains: [
      { name: mesh.name, matchCondition: { celExpression: "true" }, extensions: mesh.links.map(member) },
    ],
  };
}

function member({ name, manifest, module }: BuiltLink) {
  return {
    name,
    service: `projects/$PROJECT/locations/global/wasmPlugins/${name}`,
    failOpen: manifest.failurePolicy === "FAIL_OPEN",
    supportedEvents: events
      .filter(([callback]) => module.callbacks.includes(callback))
      .map(([, event]) => event),
  };
}

const events: [callback: string, event: string][] = [
  ["proxy_on_request_headers", "REQUEST_HEADERS"],
  ["proxy_on_request_body", "REQUEST_BODY"],
  ["proxy_on_response_headers", "RESPONSE_HEADERS"],
  ["proxy_on_response_body", "RESPONSE_BODY"],
];
