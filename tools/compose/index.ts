import { randomBytes } from "node:crypto";
import { composeHost } from "./host.js";
import { needDocker, type Docker } from "./engine/docker.js";
import { findEngine } from "./engine/engine.js";
import { findImages } from "./images/images.js";
import { findCompose } from "./program.js";
import { project, type Project } from "./project.js";
import { gatewayOf } from "./reach.js";
import type { Host } from "../traffic/host.js";
import type { Teardown } from "./teardown.js";

export { CannotRun } from "./cannot-run.js";
export { playDemo } from "./demo.js";
export { teardown } from "./teardown.js";
export type { Teardown } from "./teardown.js";

/** Everything of `compose.yaml`, in an engine that runs. */
export interface Containers {
  project: Project;
  /** One line: what runs where. */
  description: string;
  /** The host that traffic is played on, once the project is up. */
  host(): Promise<Host>;
}

/** Finds or starts what it takes to run containers. A `CannotRun` where that is not possible here. */
export async function openContainers(ends: Teardown, tell: (note: string) => void): Promise<Containers> {
  const engine = await findEngine(ends, tell);
  const compose = await findCompose(engine.docker, tell);
  const images = await findImages(engine.docker, tell);
  const environment = {
    ...engine.docker.environment,
    ENVOY_IMAGE: images.envoy,
    NODE_IMAGE: images.node,
    // What is shown is compose.yaml as it is.
    ENVOY_CONFIG: undefined,
    ENVOY_MODULES: undefined,
  };
  const name = `meshscript-${randomBytes(4).toString("hex")}`;
  const own = project({ name, compose, environment });
  ends.add(() => own.down());
  return {
    project: own,
    description: `docker ${engine.version}${engine.own ? " (started for this)" : ""}, ${images.envoy}, ${images.node}`,
    async host() {
      const gateway = await gatewayOf(engine.docker, `${name}_mesh`);
      const version = `Envoy ${await versionIn(engine.docker, images.envoy)} in ${images.envoy}`;
      return composeHost({ project: own, docker: engine.docker, gateway, version });
    },
  };
}

async function versionIn(engine: Docker, image: string): Promise<string> {
  const line = await needDocker(engine, ["run", "--rm", "--network", "none", image, "--version"]);
  return /\/(\d[^/]*)\//.exec(line)?.[1] ?? line;
}
