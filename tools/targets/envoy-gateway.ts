import { UserError } from "../errors.js";
import { note, type Tree } from "../envoy/yaml.js";
import { environmentNames } from "../manifest/instance.js";
import { resolveReferences } from "../manifest/references.js";
import { callsByOwnNames } from "./callees.js";
import { imageOf } from "./images.js";
import { documents, headingOf, object } from "./kubernetes-object.js";
import { lostIn, type Lacking } from "./losses.js";
import type { BuiltLink, BuiltMesh, Target } from "./target.js";

const title = "Envoy Gateway";
const group = "gateway.networking.k8s.io";
const most = 16;

const lacking: Lacking = {
  tcp: "",
  headers_held: "",
  ceiling: "",
  vm_id: "Each filter of a policy gets its own, which stays when only its configuration changes.",
  capabilities: "",
  stream_idle_timeout:
    "Set timeout.http.streamIdleTimeout in the gateway's ClientTrafficPolicy; it is 5 minutes otherwise.",
  fail_reload: "",
  fail_open: "a module that cannot be pulled, or a configuration that it refuses, lets requests pass, too.",
  edge: "Envoy Gateway sets the same but for escaped slashes: set path.escapedSlashesAction in a ClientTrafficPolicy.",
  stats_tags: "",
  phase:
    "filters run after Envoy Gateway's authentication and before its authorization, in the order of the list.",
};
const clusterNames = "httproute/NAMESPACE/NAME/rule/0, for the first rule of an HTTPRoute.";

/** One EnvoyExtensionPolicy: it lists the filters in the order of the chain. */
export const envoyGateway: Target = {
  name: "envoy-gateway",
  generate(mesh) {
    if (mesh.links.length > most)
      throw new UserError(`${mesh.links.length} filters: an EnvoyExtensionPolicy holds ${most} at most`);
    const lost = [...lostIn(mesh, title, lacking), ...callsByOwnNames(mesh, title, clusterNames)];
    const heading = headingOf(mesh, title, lost, ["selector", "ingress", "upstream"]);
    return {
      files: { [`envoy-gateway/${mesh.name}.yaml`]: documents([route(mesh), policy(mesh)], heading) },
      lost,
    };
  },
};

function route(mesh: BuiltMesh): Tree {
  const { name, gateway, service, port } = mesh.route;
  const matches = [{ path: { type: "PathPrefix", value: "/" } }];
  return object(`${group}/v1`, "HTTPRoute", mesh, name, {
    spec: { parentRefs: [{ name: gateway }], rules: [{ matches, backendRefs: [{ name: service, port }] }] },
  });
}

function policy(mesh: BuiltMesh): Tree {
  return object("gateway.envoyproxy.io/v1alpha1", "EnvoyExtensionPolicy", mesh, mesh.name, {
    spec: {
      targetRefs: [{ group, kind: "HTTPRoute", name: mesh.route.name }],
      wasm: note("In the order in which a request meets them.", mesh.links.map(wasm)),
    },
  });
}

function wasm(link: BuiltLink): Tree {
  const { manifest } = link;
  const variables = environmentNames(manifest);
  return {
    name: link.name,
    rootID: manifest.rootId || undefined,
    failOpen: note(
      "Whether requests pass when the filter cannot be loaded or has crashed.",
      manifest.failurePolicy === "FAIL_OPEN",
    ),
    code: code(link),
    config:
      manifest.configuration && resolveReferences(manifest.configuration, manifest.folder).configuration,
    env:
      variables.length > 0
        ? note("From the environment of the proxy's container: EnvoyProxy sets it.", { hostKeys: variables })
        : undefined,
  };
}

function code(link: BuiltLink): Tree {
  const { reference, sha256 } = imageOf(link, title);
  const { pullSecret } = link;
  return {
    type: "Image",
    pullPolicy: "IfNotPresent",
    image: {
      url: reference,
      sha256:
        sha256 === null ? undefined : note("Of the image's manifest: what was tested is what runs.", sha256),
      pullSecretRef: pullSecret === null ? undefined : { kind: "Secret", name: pullSecret },
    },
  };
}
