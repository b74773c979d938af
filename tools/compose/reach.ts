import { createServer } from "node:net";
import { CannotRun } from "./cannot-run.js";
import { needDocker, type Docker } from "./engine/docker.js";

/** The address of this machine on a network of containers: servers that containers call are reached there. */
export async function gatewayOf(engine: Docker, network: string): Promise<string> {
  const format = "{{(index .IPAM.Config 0).Gateway}}";
  const gateway = await needDocker(engine, ["network", "inspect", "-f", format, network]);
  if (await isHere(gateway)) return gateway;
  throw new CannotRun(
    `containers reach another machine at ${gateway}: the engine runs in a virtual machine or far away`,
    "Traffic cases need an engine of this machine itself; the demo does not: docker compose up.",
  );
}

/** Asking for the addresses of interfaces would miss a bridge that has no containers at the moment. */
function isHere(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, address);
    server.once("error", () => resolve(false));
    server.once("listening", () => server.close(() => resolve(true)));
  });
}
