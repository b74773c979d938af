import { basename } from "node:path";
import { toYaml, type Tree } from "../envoy/yaml.js";
import { resolveReferences } from "../manifest/references.js";
import { callsByOwnNames } from "./callees.js";
import { refuseForbidden } from "./forbidden.js";
import { headingOf } from "./kubernetes-object.js";
import { lostIn, type Lacking } from "./losses.js";
import type { BuiltLink, BuiltMesh, Generated, Target } from "./target.js";
import { serverOf } from "./upstream.js";

const absent = "ngx_wasm_module has no such function";
const noTrailers = "nginx shows no trailers to filters";
const lacking: Lacking = {
  tcp: "",
  headers_held: "",
  responses_held: "",
  shared_state: "",
  environment: "Give the values as digests: { sha256: … }.",
  capabilities: "",
  stream_idle_timeout: "nginx has no such timeout.",
  fail_open_refused: "",
  edge: "nginx normalises paths in its own way; filters of meshscript normalise where they match paths.",
};
const failing =
  "failure_policy: there is none. A request whose filter fails is answered 500, whatever the manifest says.";
const images =
  "image, sha256, pull_secret: Kong reads modules from its own folder and does not check what they are.";

/** Kong Gateway with `wasm = on`: a declarative filter chain, and what Kong has to know of each module. */
export const kong: Target = {
  name: "kong",
  defines: { MESHSCRIPT_NO_METRICS: 1, MESHSCRIPT_NO_LOG_LEVEL: 1 },
  forbids: {
    proxy_get_log_level: absent,
    proxy_define_metric: absent,
    proxy_done: absent,
    proxy_close_stream: absent,
    proxy_resolve_shared_queue: absent,
    proxy_call_foreign_function: absent,
    proxy_grpc_call: absent,
    proxy_grpc_stream: absent,
    proxy_on_request_trailers: noTrailers,
    proxy_on_response_trailers: noTrailers,
  },
  generate,
};

function generate(mesh: BuiltMesh): Generated {
  const lost = [
    ...lostIn(mesh, "Kong", lacking),
    ...callsByOwnNames(mesh, "Kong", "HOST:PORT, in place of a cluster."),
    failing,
    images,
  ];
  refuseForbidden(mesh, kong, "Kong");
  const text = toYaml(
    services(mesh),
    `${headingOf(mesh, "Kong", lost, ["selector", "ingress"])}\n\n${needs}`,
  );
  const modules = mesh.links.map((link) => [`kong/filters/${filterName(link)}.wasm`, link.wasmPath]);
  return {
    files: { [`kong/${mesh.name}.yaml`]: text, ...metadata(mesh) },
    modules: Object.fromEntries(modules),
    lost,
  };
}

const needs = `For Kong 3.4 and later, where it is built with WebAssembly, with wasm = on. Put filters/ where wasm_filters_path
points. The modules are built without metrics and the log-level look-up, which Kong lacks.`;

/** Kong insists that a filter chain belongs to a service or a route. */
function services(mesh: BuiltMesh): Tree {
  const { address, port } = serverOf(mesh);
  return {
    _format_version: "3.0",
    services: [
      {
        name: mesh.route.service,
        protocol: "http",
        host: address,
        port,
        routes: [{ name: mesh.route.name, paths: ["/"] }],
        filter_chains: [{ name: mesh.name, enabled: true, filters: mesh.links.map(filter) }],
      },
    ],
  };
}

function filter(link: BuiltLink): Tree {
  const { manifest } = link;
  const configuration =
    manifest.configuration && resolveReferences(manifest.configuration, manifest.folder).configuration;
  return { name: filterName(link), enabled: true, config: configuration } as Tree;
}

/** Kong knows a filter by its module's file, whatever the chain calls this use of it. */
function filterName({ wasmPath }: BuiltLink): string {
  return basename(wasmPath, ".wasm");
}

/** Stands beside `<name>.wasm` in Kong's folder of filters: with a schema the configuration may be an object. */
function metadata({ links }: BuiltMesh): Record<string, string> {
  const schema = `${JSON.stringify({ config_schema: { type: "object" } }, null, 2)}\n`;
  return Object.fromEntries(links.map((link) => [`kong/filters/${filterName(link)}.meta.json`, schema]));
}
