import { createHash } from "node:crypto";
import { generateBootstrap, type BootstrapOptions } from "../envoy/bootstrap.js";
import { note, type Tree } from "../envoy/yaml.js";
import { documents, headingOf, object } from "./kubernetes-object.js";
import { modulesOf, type Modules } from "./kubernetes-modules.js";
import { deployment, ports, service } from "./kubernetes-workload.js";
import type { BuiltMesh, Target } from "./target.js";
import { serverOf } from "./upstream.js";

/** Envoy by itself, in front of a service: a Deployment with its configuration and modules. */
export const kubernetes: Target = {
  name: "kubernetes",
  generate(mesh) {
    const modules = modulesOf(mesh);
    const bootstrap = bootstrapFor(mesh, modules);
    const configuration = configMap(mesh, bootstrap);
    const objects = [
      ...modules.objects,
      configuration.object,
      deployment(mesh, modules, configuration.name),
      service(mesh),
    ];
    const heading = headingOf(mesh, "Envoy in Kubernetes", [], ["selector", "ingress"]);
    const text = documents(objects, `${heading}\n\n${modules.about}`);
    return { files: { [`kubernetes/${mesh.name}.yaml`]: text }, lost: [] };
  },
};

function bootstrapFor(mesh: BuiltMesh, { plugins, discovery }: Modules): string {
  const everywhere = "0.0.0.0";
  const options: BootstrapOptions = {
    chain: plugins,
    listen: { address: everywhere, port: ports.http },
    admin: { port: ports.admin },
    probes: { address: everywhere, port: ports.probes },
    upstream: serverOf(mesh),
    callees: mesh.callees,
    discovery,
    heading: "Envoy reads this once: the ConfigMap is named after its content, so a change rolls the pods.",
  };
  return generateBootstrap(options);
}

/** Named after its content: each revision of the Deployment keeps the configuration that it was made with. */
function configMap(mesh: BuiltMesh, bootstrap: string): { name: string; object: Tree } {
  const name = `${mesh.name}-envoy-${createHash("sha256").update(bootstrap).digest("hex").slice(0, 10)}`;
  const immutable = note("Another content has another name.", true);
  return {
    name,
    object: object("v1", "ConfigMap", mesh, name, { immutable, data: { "envoy.yaml": bootstrap } }),
  };
}
