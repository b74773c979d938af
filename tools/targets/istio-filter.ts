import { seconds } from "../envoy/parts.js";
import { pluginOfManifest } from "../envoy/plugin.js";
import { calleeClusters } from "../envoy/upstream.js";
import { wasmFilter, wasmTypes } from "../envoy/wasm-filter.js";
import { note, type Tree } from "../envoy/yaml.js";
import { imageOf } from "./images.js";
import { contextOf } from "./istio-place.js";
import { object } from "./kubernetes-object.js";
import { calls, idleMs, isTcp, waits } from "./needs.js";
import type { BuiltLink, BuiltMesh } from "./target.js";

type Members = { [key: string]: Tree };

const manager = "envoy.filters.network.http_connection_manager";
const tcpProxy = "envoy.filters.network.tcp_proxy";
const types = {
  [manager]:
    "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
  [tcpProxy]: "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
};
const passAll = {
  http: "type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC",
  tcp: "type.googleapis.com/envoy.extensions.filters.network.rbac.v3.RBAC",
};

/**
 * The EnvoyFilter for what Istio's own resources cannot say: filters in Envoy's own form, clusters that filters call, and
 * the end of streams that wait on a crashed VM. None where there is nothing to say. Modules come through Istio's agent,
 * which pulls what an extension configuration names.
 */
export function istioFilter(mesh: BuiltMesh, links: readonly BuiltLink[]): Tree[] {
  const patches = [...clusters(mesh), ...idleTimeout(mesh), ...links.map((link) => extension(mesh, link))];
  const insertions = [...first(mesh, links), ...last(mesh, links)];
  if (patches.length + insertions.length === 0) return [];
  const spec = { workloadSelector: { labels: mesh.selector }, configPatches: [...patches, ...insertions] };
  const named = object("networking.istio.io/v1alpha3", "EnvoyFilter", mesh, mesh.name, {});
  return [{ ...named, spec: links.length > 0 ? note(whyNew, spec) : spec }];
}

const whyNew =
  "For Istio 1.27 and later: earlier ones leave out what they do not know, and a filter that holds headers would wait for ever.";

/** Each is put before the others, so the last of them comes first. */
function first(mesh: BuiltMesh, links: readonly BuiltLink[]): Tree[] {
  const chosen = links.filter(({ phase }) => phase === "AUTHN").reverse();
  return chosen.map((link) => insertion(mesh, link, "INSERT_FIRST"));
}

function last(mesh: BuiltMesh, links: readonly BuiltLink[]): Tree[] {
  const chosen = links.filter(({ phase }) => phase !== "AUTHN");
  return chosen.map((link) => insertion(mesh, link, "INSERT_BEFORE"));
}

function insertion(mesh: BuiltMesh, link: BuiltLink, operation: string): Tree {
  const tcp = isTcp(link);
  const router = operation === "INSERT_BEFORE" ? { subFilter: { name: "envoy.filters.http.router" } } : {};
  const filter = tcp ? { name: tcpProxy } : { name: manager, ...router };
  return {
    applyTo: tcp ? "NETWORK_FILTER" : "HTTP_FILTER",
    match: { context: contextOf(mesh), listener: { filterChain: { filter } } },
    patch: { operation, value: { name: extensionName(mesh, link), config_discovery: discovery(link) } },
  };
}

function discovery(link: BuiltLink): Tree {
  const kind = isTcp(link) ? "tcp" : "http";
  const opens = link.manifest.failurePolicy === "FAIL_OPEN";
  return {
    config_source: {
      ads: {},
      resource_api_version: "V3",
      initial_fetch_timeout: note("No request is served before the module is there.", "0s"),
    },
    type_urls: opens
      ? note("With FAIL_OPEN, Istio's agent lets all pass where it cannot pull the module.", [
          wasmTypes[kind],
          passAll[kind],
        ])
      : [wasmTypes[kind]],
  };
}

/** All extension configurations of a proxy share one space of names. */
function extensionName({ namespace, name }: BuiltMesh, link: BuiltLink): string {
  return `${namespace}.${name}.${link.name}`;
}

function extension(mesh: BuiltMesh, link: BuiltLink): Tree {
  const filter = wasmFilter(pluginOfManifest(link.manifest, link.module, "")) as Members;
  return {
    applyTo: "EXTENSION_CONFIG",
    match: { context: contextOf(mesh) },
    patch: {
      operation: "ADD",
      value: { ...forIstio(filter, remote(link)), name: extensionName(mesh, link) },
    },
  };
}

function remote(link: BuiltLink): Tree {
  const { reference, sha256 } = imageOf(link, "Istio");
  const http_uri = { uri: `oci://${reference}`, cluster: "_", timeout: "30s" };
  return note("Istio's agent pulls the image and makes a local file of this.", {
    remote: { http_uri, sha256: sha256 ?? undefined },
  });
}

/**
 * The filter with its module from elsewhere than a file, and its privileges where Istio's control plane knows them: what
 * that does not know of Envoy's form, it leaves out without a word.
 */
function forIstio(filter: Members, code: Tree): Members {
  const typed = filter["typed_config"] as Members;
  const { vm_config, ...config } = typed["config"] as Members;
  const { capability_restriction_config, ...vm } = vm_config as Members;
  const moved = { ...config, vm_config: { ...vm, code }, capability_restriction_config };
  return { ...filter, typed_config: { ...typed, config: moved } } as Members;
}

function clusters(mesh: BuiltMesh): Tree[] {
  if (!mesh.links.some(calls)) return [];
  const none = { chain: [], listen: { port: 0 }, upstream: { port: 0 } };
  return calleeClusters({ ...none, callees: mesh.callees }).map((value) => ({
    applyTo: "CLUSTER",
    match: { context: contextOf(mesh) },
    patch: note(
      "Called in plain text. A service of the mesh has a cluster with its mTLS: name outbound|PORT||NAME.NAMESPACE.svc.cluster.local in the configuration.",
      { operation: "ADD", value },
    ),
  }));
}

function idleTimeout(mesh: BuiltMesh): Tree[] {
  const waiting = mesh.links.filter(waits);
  if (waiting.length === 0) return [];
  const tcp = isTcp(waiting[0]!);
  if (tcp && waiting.every(({ manifest }) => manifest.streamIdleTimeoutMs === undefined)) return [];
  const name = tcp ? tcpProxy : manager;
  const timeout = note(
    "Ends a stream that waits for ever on a crashed VM, which nothing else does in Istio; keep it above the longest callout.",
    seconds(idleMs(mesh.links)),
  );
  const setting = tcp ? { idle_timeout: timeout } : { stream_idle_timeout: timeout };
  return [
    {
      applyTo: "NETWORK_FILTER",
      match: { context: contextOf(mesh), listener: { filterChain: { filter: { name } } } },
      patch: { operation: "MERGE", value: { name, typed_config: { "@type": types[name], ...setting } } },
    },
  ];
}
