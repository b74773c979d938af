import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

export interface Ports {
  admin: number;
  listener: number;
}

const pollMs = 15;

/** Waits until Envoy serves, and says on which ports. Ends early, with undefined, when `over` does. */
export async function waitUntilReady(addressFile: string, over: AbortSignal): Promise<Ports | undefined> {
  while (!over.aborted) {
    const ports = await portsOf(addressFile).catch(() => undefined);
    if (ports) return ports;
    await sleep(pollMs);
  }
  return undefined;
}

/** Rejects while there is no address, no answer or no "ready" yet. */
async function portsOf(addressFile: string): Promise<Ports> {
  const address = readFileSync(addressFile, "utf8").trim();
  await get(`http://${address}/ready`);
  const listeners = JSON.parse(await get(`http://${address}/listeners?format=json`));
  const listener = listeners.listener_statuses[0].local_address.socket_address.port_value;
  return { admin: Number(address.split(":").at(-1)), listener };
}

async function get(url: string): Promise<string> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.text();
}
