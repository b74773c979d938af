import { createServer, type AddressInfo } from "node:net";

/** A port of loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether the Envoy behind an admin port serves. Docker accepts connections before Envoy does. */
export async function isReady(admin: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${admin}/ready`, { signal: AbortSignal.timeout(2000) }).catch(
    () => undefined,
  );
  return answer?.ok ?? false;
}
