import { copyFileSync, existsSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { BuiltMesh } from "../../../../tools/targets/index.js";
import { temporaryFolder } from "../../envoy/support/setup.js";
import type { Resource } from "./resources.js";

/** A pod's volumes on this machine: below a folder in place of the container's root. */
export interface Pod {
  /** The bootstrap that the pod's Envoy reads, for this machine's paths and ports. */
  bootstrap: string;
  ports: { http: number; admin: number; probes: number };
  /**
   * Brings the pod what a ConfigMap holds now, as the kubelet does: all of it at once, by a link that is exchanged, and
   * names of new files after that.
   */
  update(resources: Resource[]): void;
}

/** What the kubelet and the cluster's network make of a Deployment, and of the images that it names. */
export async function podOf(resources: Resource[], mesh: BuiltMesh, upstream: number): Promise<Pod> {
  const root = temporaryFolder();
  const [ports] = [{ http: await freePort(), admin: await freePort(), probes: await freePort() }];
  const { containers, volumes } = resources.find(({ kind }) => kind === "Deployment").spec.template.spec;
  let generation = 0;
  const update = (now: Resource[]) => {
    ++generation;
    for (const { name, mountPath } of containers[0].volumeMounts) {
      const volume = volumes.find((one: Resource) => one.name === name);
      if (volume.image) pulled(join(root, mountPath), volume.image.reference, mesh);
      else
        mounted(join(root, mountPath), mapOf(now, volume.configMap.name), generation, (text) =>
          moved(text, root),
        );
    }
  };
  update(resources);
  const [, path] = containers[0].args;
  const { data } = mapOf(
    resources,
    volumes.find((one: Resource) => one.name === "configuration").configMap.name,
  );
  const bootstrap = parse(moved(data[path.split("/").at(-1)!], root));
  return { bootstrap: stringify(local(bootstrap, ports, upstream)), ports, update };
}

function mapOf(resources: Resource[], name: string): Resource {
  return resources.find(({ kind, metadata }) => kind === "ConfigMap" && metadata.name === name);
}

function pulled(folder: string, reference: string, { links }: BuiltMesh): void {
  mkdirSync(folder, { recursive: true });
  copyFileSync(
    links.find(({ image }) => image!.reference === reference)!.wasmPath,
    join(folder, "plugin.wasm"),
  );
}

function mounted(folder: string, map: Resource, generation: number, moved: (text: string) => string): void {
  const content = `..${generation}`;
  mkdirSync(join(folder, content), { recursive: true });
  for (const [name, text] of Object.entries<string>(map.data ?? {}))
    writeFileSync(join(folder, content, name), moved(text));
  for (const [name, bytes] of Object.entries<string>(map.binaryData ?? {}))
    writeFileSync(join(folder, content, name), Buffer.from(bytes, "base64"));
  symlinkSync(content, join(folder, "..data_tmp"));
  renameSync(join(folder, "..data_tmp"), join(folder, "..data"));
  const names = [...Object.keys(map.data ?? {}), ...Object.keys(map.binaryData ?? {})];
  const missing = names.filter((one) => !existsSync(join(folder, one)));
  const link = () => missing.forEach((name) => symlinkSync(join("..data", name), join(folder, name)));
  if (generation === 1) link();
  else setTimeout(link, 500).unref();
}

function moved(text: string, root: string): string {
  return text.replaceAll("/etc/envoy/", `${root}/etc/envoy/`).replaceAll("/modules/", `${root}/modules/`);
}

/** The container's ports are free ones here, and the service's name leads to a server of the test's. */
function local(bootstrap: Resource, ports: Pod["ports"], upstream: number): Resource {
  const [http, probes] = bootstrap.static_resources.listeners;
  const known = bootstrap.static_resources.clusters;
  const place = (port: number) => ({ address: "127.0.0.1", port_value: port });
  http.address.socket_address = place(ports.http);
  probes.address.socket_address = place(ports.probes);
  bootstrap.admin.address.socket_address = place(ports.admin);
  const endpointOf = (name: string) =>
    known.find((one: Resource) => one.name === name).load_assignment.endpoints[0].lb_endpoints[0].endpoint;
  endpointOf("envoy_admin").address.socket_address = place(ports.admin);
  endpointOf("upstream").address.socket_address = place(upstream);
  return bootstrap;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
