import { resolve } from "node:path";
import { generateBootstrap } from "../envoy/bootstrap.js";
import { explain } from "../envoy/failure.js";
import { filterLines } from "../envoy/filter-log.js";
import { readMetrics } from "../envoy/metrics.js";
import { pluginOfInstance, type Plugin } from "../envoy/plugin.js";
import { redactorFor } from "../envoy/redact.js";
import type { Host, HostSetup, Running, Started } from "../traffic/host.js";
import { inContainer } from "./addresses.js";
import { startContainer, type Container, type ContainerStart } from "./container.js";
import type { Docker } from "./engine/docker.js";
import { outside, type Outside } from "./outside.js";
import { place } from "./place.js";
import type { Project } from "./project.js";

export interface ComposeHostOptions {
  project: Project;
  docker: Docker;
  /** Address under which containers reach this machine. */
  gateway: string;
  /** One line for reports. */
  version: string;
}

/** The Envoy of `compose.yaml`: for each start a container of its own, with another configuration. */
export function composeHost(options: ComposeHostOptions): Host {
  let count = 0;
  return {
    name: "compose",
    version: async () => options.version,
    start: (setup) => start(setup, options, `${options.project.name}-play-${++count}`),
  };
}

async function start(setup: HostSetup, options: ComposeHostOptions, name: string): Promise<Started> {
  const [files, servers] = [place(), await outside(setup, options.gateway)];
  const end = () => {
    files.remove();
    servers.stop();
  };
  try {
    const chain = setup.chain.map((instance): Plugin => {
      const path = resolve(instance.wasm);
      return { ...pluginOfInstance(instance, path), wasmPath: files.module(path) };
    });
    const bootstrap = bootstrapFor(setup, chain, servers);
    const { port, logLevel } = setup;
    const variables = files.bootstrap(bootstrap);
    const started = await startContainer({ ...options, name, variables, port, logLevel });
    if (started.ready) return { refused: false, running: running(started.container, chain, end) };
    end();
    return refusal(started, chain, bootstrap);
  } catch (error) {
    end();
    throw error;
  }
}

function bootstrapFor({ chain: _, ...setup }: HostSetup, chain: Plugin[], servers: Outside): string {
  const { upstream, callees } = servers;
  const listen = { port: setup.port ?? 0 };
  return generateBootstrap(
    inContainer({ chain, listen, upstream, callees, http1Trailers: true, statsOnDemand: true }, upstream),
  );
}

function running({ port, adminPort, lines, remove }: Container, chain: Plugin[], end: () => void): Running {
  return {
    port,
    metrics: () => readMetrics(adminPort),
    logs: () => filterLines(lines(), chain).map((line) => `${line.level} ${line.text}`),
    async stop() {
      await remove();
      end();
    },
  };
}

function refusal(
  { lines, ending }: Extract<ContainerStart, { ready: false }>,
  chain: Plugin[],
  bootstrap: string,
): Started {
  const { problems, refused, reason } = explain(lines, chain, redactorFor(bootstrap));
  if (problems.length > 0) return { refused: true, problems };
  if (refused) return { refused: true, problems: [reason] };
  // Not the user's mistake, so the rest is still played.
  throw new Error(`Envoy's container did not start: ${reason || ending}`);
}
