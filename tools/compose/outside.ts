import { connect } from "node:net";
import type { CalleeAddress, HostSetup } from "../traffic/host.js";
import { forward, type Forwarder } from "./forward.js";

/** Servers of this machine's loopback, as a container can reach them. */
export interface Outside {
  upstream: HostSetup["upstream"] & { address: string };
  callees: Record<string, CalleeAddress>;
  stop(): void;
}

/** Opens a way for each server that listens; where nobody does, nobody does there either. */
export async function outside(setup: HostSetup, gateway: string): Promise<Outside> {
  const open: Forwarder[] = [];
  const reachable = async <T extends CalleeAddress>(at: T): Promise<T & { address: string }> => {
    if (at.address !== undefined) return { ...at, address: at.address };
    if (!(await listens(at.port))) return { ...at, address: gateway };
    const forwarder = await forward(at.port, gateway);
    open.push(forwarder);
    return { ...at, address: gateway, port: forwarder.port };
  };
  const callees: Record<string, CalleeAddress> = {};
  for (const [name, callee] of Object.entries(setup.callees ?? {})) callees[name] = await reachable(callee);
  const upstream = await forward(setup.upstream.port, gateway);
  open.push(upstream);
  return {
    upstream: { ...setup.upstream, address: gateway, port: upstream.port },
    callees,
    stop: () => open.forEach((one) => one.stop()),
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => socket.destroy() && resolve(true));
    socket.once("error", () => resolve(false));
  });
}
