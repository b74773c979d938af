import type { Place } from "../manifest/manifest.js";
import type { Mesh } from "../mesh/mesh.js";

/**
 * Where requests go from a proxy that stands by itself. On loopback, the default, there would be nobody but the proxy, so
 * that means the service of the mesh's route.
 */
export function serverOf({ upstream, route, namespace }: Mesh): Place {
  if (!/^(127\.|::1$|localhost$)/.test(upstream.address)) return upstream;
  return { ...upstream, address: `${route.service}.${namespace}.svc.cluster.local`, port: route.port };
}
