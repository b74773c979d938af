import { createServer, connect, type AddressInfo, type Socket } from "node:net";
import type { Plugin } from "../plugin.js";
import { StreamState } from "../stream-state.js";
import type { Surroundings } from "../vm.js";
import type { TcpChain } from "./chain.js";
import type { Closer } from "./filter.js";
import { openTcpChain } from "./open-chain.js";

/** What all connections of a proxy have in common. */
export interface TcpProxyParts {
  plugins: readonly Plugin[];
  surroundings: Surroundings;
  upstreamPort: number;
  /** A connection on which nothing moves for so long, once the upstream is connected, is closed; an hour unless given. */
  idleMs?: number;
}

/** Most that filters may hold back before its sender has to wait, as in Envoy. */
const bufferLimit = 1024 * 1024;
const defaultIdleMs = 3_600_000;
const nothing = new Uint8Array();

/** Takes connections on 127.0.0.1 through the filters to the upstream. `port` 0: a free one. */
export async function listenTcp(
  port: number,
  parts: TcpProxyParts,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const open = new Set<ProxiedConnection>();
  let count = 0;
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (socket) => {
    const connection = new ProxiedConnection(parts, socket, ++count, () => open.delete(connection));
    open.add(connection);
    connection.begin();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const connection of open) connection.drop();
    await closed;
  };
  return { port: (server.address() as AddressInfo).port, close };
}

class ProxiedConnection {
  readonly #state: StreamState;
  readonly #chain: TcpChain;
  #upstream: Socket | null = null;
  #idle: NodeJS.Timeout | undefined;
  /** A side broke off: the other one learns it the same way. */
  #reset = false;

  constructor(
    private readonly parts: TcpProxyParts,
    private readonly client: Socket,
    connectionId: number,
    private readonly gone: () => void,
  ) {
    this.#state = stateOf(parts, client, connectionId);
    this.#chain = openTcpChain(parts.plugins, parts.surroundings, this.#state, {
      connect: () => this.#connect(),
      toUpstream: (bytes, end) => pour(bytes, end, this.client, this.#upstream!),
      toClient: (bytes, end) => {
        this.#state.bytesSent += bytes.length;
        pour(bytes, end, this.#upstream!, this.client);
      },
      close: () => this.#close(),
    });
  }

  begin(): void {
    this.client.on("error", () => this.#broken("remote"));
    this.client.once("close", () => {
      clearTimeout(this.#idle);
      this.gone();
    });
    this.#chain.begin();
  }

  drop(): void {
    this.#upstream?.destroy();
    this.client.destroy();
  }

  #connect(): void {
    const upstream = connect({
      host: "127.0.0.1",
      port: this.parts.upstreamPort,
      allowHalfOpen: true,
      noDelay: true,
    });
    this.#upstream = upstream;
    upstream.on("error", () =>
      this.#state.upstream.chosen ? this.#broken("local") : this.#chain.close("local"),
    );
    const calledAt = this.#state.now();
    upstream.once("connect", () => {
      Object.assign(this.#state.upstream, {
        chosen: true,
        localAddress: `${upstream.localAddress}:${upstream.localPort}`,
        connectedAfter: this.#state.now() - calledAt,
      });
      this.#idle = setTimeout(() => this.#chain.close("local"), this.parts.idleMs ?? defaultIdleMs);
      this.#listen(upstream);
    });
  }

  #listen(upstream: Socket): void {
    const { client } = this;
    client.on("data", (bytes: Uint8Array) => {
      this.#state.bytesReceived += bytes.length;
      this.#moved(client, () => this.#chain.receive(bytes, false));
    });
    client.on("end", () => this.#moved(client, () => this.#chain.receive(nothing, true)));
    upstream.on("data", (bytes: Uint8Array) => this.#moved(upstream, () => this.#chain.answer(bytes, false)));
    upstream.on("end", () => this.#moved(upstream, () => this.#chain.answer(nothing, true)));
    client.resume();
  }

  #moved(from: Socket, run: () => void): void {
    if (this.#chain.closedBy) return;
    this.#idle?.refresh();
    run();
    const { held } = from === this.client ? this.#chain.client : this.#chain.upstream;
    if (held.length > bufferLimit) from.pause();
  }

  #broken(by: Closer): void {
    this.#reset = true;
    this.#chain.close(by);
  }

  #close(): void {
    for (const socket of [this.client, this.#upstream]) {
      if (this.#reset) socket?.resetAndDestroy();
      else socket?.destroySoon();
    }
  }
}

/** Writes on; where the taker is slow, the sender waits. */
function pour(bytes: Uint8Array, end: boolean, from: Socket, to: Socket): void {
  if (bytes.length > 0 && !to.write(bytes)) {
    from.pause();
    to.once("drain", () => from.resume());
  } else {
    from.resume();
  }
  if (end) to.end();
}

function stateOf(
  { surroundings, upstreamPort }: TcpProxyParts,
  client: Socket,
  connectionId: number,
): StreamState {
  return new StreamState(surroundings.clock, {
    sourceAddress: client.remoteAddress,
    sourcePort: client.remotePort,
    destinationAddress: client.localAddress,
    destinationPort: client.localPort,
    connectionId,
    upstreamPort,
  });
}
