import { UserError } from "../errors.js";
import type { Host, HostSetup, Running, Started } from "../traffic/host.js";

/** Starts a host. A `UserError` lists what a filter found wrong with its configuration. */
export async function startOrRefuse(host: Host, setup: HostSetup): Promise<Running> {
  const started = await startOn(host, setup);
  if (!started.refused) return started.running;
  const names = setup.chain.map((instance) => instance.name).join(", ");
  throw new UserError(`${names}: the configuration was refused:\n  ${started.problems.join("\n  ")}`);
}

/** A host in this process fails as Node does where its port is taken. */
async function startOn(host: Host, setup: HostSetup): Promise<Started> {
  try {
    return await host.start(setup);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw new UserError(`port ${setup.port} is in use: choose another`);
  }
}
