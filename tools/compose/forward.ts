import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface Forwarder {
  /** The port on the address that was asked for. */
  port: number;
  stop(): void;
}

/** Makes a port of loopback reachable on another address of this machine, for as long as it is needed. */
export async function forward(target: number, address: string): Promise<Forwarder> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (inside) => {
    const outside = connect({ port: target, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    join(inside, outside, sockets);
    join(outside, inside, sockets);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, address, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Passes on bytes, the end of them, and a connection that breaks: filters are told these apart. */
function join(from: Socket, to: Socket, sockets: Set<Socket>): void {
  sockets.add(from);
  from.pipe(to);
  from.on("error", () => to.resetAndDestroy());
  from.on("close", () => {
    sockets.delete(from);
    to.destroySoon();
  });
}
