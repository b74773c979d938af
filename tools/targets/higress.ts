import { note, type Tree } from "../envoy/yaml.js";
import { environmentNames } from "../manifest/instance.js";
import { resolveReferences } from "../manifest/references.js";
import { callsByOwnNames } from "./callees.js";
import { imageOf } from "./images.js";
import { documents, headingOf, nameOf, object } from "./kubernetes-object.js";
import { lostIn, type Lacking } from "./losses.js";
import { priorities } from "./order.js";
import type { BuiltLink, BuiltMesh, Target } from "./target.js";

/** Higress looks nowhere else for its plugins. */
const namespace = "higress-system";

const lacking: Lacking = {
  tcp: "",
  headers_held: "",
  shared_state: "",
  ceiling: "",
  vm_id: "Filters of one module share a VM; each keeps its own configuration.",
  capabilities: "",
  stream_idle_timeout: "Set it with an EnvoyFilter, or such streams end only with their clients.",
  fail_reload: "",
  fail_open: "a module that cannot be pulled lets requests pass, too.",
  edge: "Set them for the gateway; filters of meshscript normalise where they match paths.",
  stats_tags: "",
};
const ingress =
  "ingress: Higress hands its matchRules to the filter, which has to pick one of them by itself. Filters of meshscript have one configuration, so they run for all requests of the gateway.";
const clusterNames = "outbound|PORT||NAME.dns for a server that an McpBridge names, or .static.";

/** Higress's WasmPlugin: Istio's, for its gateway alone. */
export const higress: Target = {
  name: "higress",
  generate(mesh) {
    const order = priorities(mesh.links);
    const own = [...lostIn(mesh, "Higress", lacking), ...callsByOwnNames(mesh, "Higress", clusterNames)];
    const lost = mesh.path === null ? own : [...own, ingress];
    const objects = mesh.links.map((link, at) => plugin(mesh, link, order[at]!));
    const heading = headingOf(mesh, "Higress", lost, ["selector", "route", "upstream"]);
    return { files: { [`higress/${mesh.name}.yaml`]: documents(objects, heading) }, lost };
  },
};

function plugin(mesh: BuiltMesh, link: BuiltLink, priority: number): Tree {
  const { reference, sha256 } = imageOf(link, "Higress");
  const { manifest } = link;
  return object("extensions.higress.io/v1alpha1", "WasmPlugin", { namespace }, nameOf(mesh, link), {
    spec: {
      url: `oci://${reference}`,
      sha256:
        sha256 === null ? undefined : note("Of the image's manifest: what was tested is what runs.", sha256),
      imagePullPolicy: "IfNotPresent",
      imagePullSecret: link.pullSecret ?? undefined,
      pluginName: manifest.rootId || undefined,
      phase: link.phase,
      priority: note("The higher one comes first: this keeps the order of the chain.", priority),
      failStrategy: manifest.failurePolicy === "FAIL_OPEN" ? "FAIL_OPEN" : "FAIL_CLOSE",
      pluginConfig: note(
        "Handed over as it is; defaultConfig would have rules mixed into it.",
        resolveReferences(manifest.configuration ?? {}, manifest.folder).configuration,
      ),
      vmConfig: environment(link),
    },
  });
}

function environment({ manifest }: BuiltLink): Tree | undefined {
  const names = environmentNames(manifest);
  if (names.length === 0) return undefined;
  return note("From the environment of the gateway's container; Higress 2 and later.", {
    env: names.map((name) => ({ name, valueFrom: "HOST" })),
  });
}
