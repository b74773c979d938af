import { UserError } from "../errors.js";
import type { Host, HostSetup, Running } from "../traffic/host.js";

/** Starts a host. A `UserError` lists what a filter found wrong with its configuration. */
export async function startOrRefuse(host: Host, setup: HostSetup): Promise<Running> {
  const started = await host.start(setup);
  if (!started.refused) return started.running;
  const names = setup.chain.map((instance) => instance.name).join(", ");
  throw new UserError(`${names}: the configuration was refused:\n  ${started.problems.join("\n  ")}`);
}
