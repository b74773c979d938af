import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { show } from "../bytes.js";
import { sees, seesEnd, seesNothing } from "./sees.js";
import type { Step } from "./steps.js";
import type { TcpUpstream } from "./upstream.js";
import { wireOf } from "./wire.js";
import type { Wire } from "./wire.js";

/** The connections of a case while it is played, with both of their ends. */
export class Connections {
  readonly #clients = new Map<string, Wire>();
  readonly #upstreams = new Map<string, Wire>();

  constructor(
    private readonly port: number,
    private readonly upstream: TcpUpstream,
    private readonly timeoutMs: number,
  ) {}

  /** Plays a step: what is wrong with what it saw, or null. */
  async play({ side, connection, action }: Step): Promise<string | null> {
    if (action.kind === "waits") return (await sleep(action.forMs), null);
    const client = this.#client(connection);
    if (action.kind === "connects") return null;
    if (side === "client") return this.#act(client, action);
    if (action.kind === "sees-no-connection") return this.#staysAway(action.forMs);
    const upstream = await this.#upstream(connection);
    return upstream ? this.#act(upstream, action) : "no connection reached the upstream";
  }

  /** Bytes that no step looked at, and connections that no step is about. */
  leftovers(): string[] {
    const ends = [...named("client", this.#clients), ...named("upstream", this.#upstreams)];
    const bytes = ends.filter(([, wire]) => wire.pending() !== "");
    const strays = this.upstream.untaken();
    return [
      ...bytes.map(([name, wire]) => `${name}: saw ${show(wire.pending())} after the last step`),
      ...(strays === 0 ? [] : [`upstream: got connections that no step is about (${strays})`]),
    ];
  }

  destroy(): void {
    for (const wire of this.#clients.values()) wire.destroy();
    this.upstream.clear();
  }

  #client(name: string): Wire {
    const known = this.#clients.get(name);
    if (known) return known;
    const socket = connect({ port: this.port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    const wire = wireOf(socket);
    this.#clients.set(name, wire);
    return wire;
  }

  async #upstream(name: string): Promise<Wire | null> {
    const upstream = this.#upstreams.get(name) ?? (await this.upstream.next(this.timeoutMs));
    if (upstream) this.#upstreams.set(name, upstream);
    return upstream;
  }

  async #act(wire: Wire, action: Step["action"]): Promise<string | null> {
    switch (action.kind) {
      case "sends":
        return (wire.send(action.bytes), null);
      case "closes":
        return (wire.close(), null);
      case "breaks":
        return (wire.reset(), null);
      case "sees":
        return sees(wire, action.match, this.timeoutMs);
      case "sees-nothing":
        return seesNothing(wire, action.forMs);
      case "sees-end":
        return seesEnd(wire, this.timeoutMs);
      default:
        return null;
    }
  }

  async #staysAway(forMs: number): Promise<string | null> {
    const before = this.upstream.untaken();
    await sleep(forMs);
    return this.upstream.untaken() === before ? null : "a connection reached the upstream";
  }
}

function named(side: string, wires: ReadonlyMap<string, Wire>): [string, Wire][] {
  const label = (name: string) => (wires.size > 1 ? `${side} of ${name}` : side);
  return [...wires].map(([name, wire]) => [label(name), wire]);
}
