import { EmulatorError } from "../errors.js";
import type { Plugin } from "../plugin.js";
import { StreamState } from "../stream-state.js";
import type { StreamInfo } from "../types.js";
import type { Surroundings } from "../vm.js";
import type { TcpChain } from "./chain.js";
import type { Closer } from "./filter.js";
import { openTcpChain } from "./open-chain.js";

/** What a filter can learn of a connection beside its data; what is a request's is not shown. */
export interface ConnectionInfo extends StreamInfo {
  /** Nobody listens at the upstream. */
  upstreamDown?: boolean;
}

/** Bytes in one direction, as they left the filters. */
export interface Flow {
  /** Byte string: all that passed so far. */
  data: string;
  /** Whether the sender's end passed. */
  ended: boolean;
}

/** What happened to what was handed over: it went on, a filter holds it, or the connection is closed. */
export type ConnectionOutcome = "continue" | "paused" | "closed";

/** A TCP connection, played by a test: the test is client and upstream, the plugins filter. */
export class Connection {
  readonly #state: StreamState;
  readonly #chain: TcpChain;
  readonly #toUpstream: Flow = { data: "", ended: false };
  readonly #toClient: Flow = { data: "", ended: false };
  /** What the client sent before there was an upstream: Envoy does not read it yet. */
  #unread: { data: string; end: boolean } | null = null;

  /** `plugins`: in the order in which the client's data meets them. */
  constructor(plugins: readonly Plugin[], surroundings: Surroundings, info: ConnectionInfo = {}) {
    const { upstreamDown = false, ...rest } = info;
    this.#state = new StreamState(surroundings.clock, rest);
    this.#chain = openTcpChain(plugins, surroundings, this.#state, {
      connect: () => this.#connect(upstreamDown),
      toUpstream: (bytes, end) => add(this.#toUpstream, bytes, end),
      toClient: (bytes, end) => {
        this.#state.bytesSent += bytes.length;
        add(this.#toClient, bytes, end);
      },
      close: () => {},
    });
    this.#chain.begin();
  }

  /** Whether the upstream was called and answers. */
  get connected(): boolean {
    return this.#state.upstream.chosen;
  }

  /** Who closed it, as the filters were told; null while it is open. */
  get closedBy(): Closer | null {
    return this.#chain.closedBy;
  }

  /** What went on to the upstream so far. */
  get toUpstream(): Readonly<Flow> {
    return { ...this.#toUpstream };
  }

  /** What went on to the client so far. */
  get toClient(): Readonly<Flow> {
    return { ...this.#toClient };
  }

  /** Filter state that the filters set: `wasm.<name>` to byte string. */
  get filterState(): ReadonlyMap<string, string> {
    return this.#state.filterState.texts();
  }

  /** The client sends; `end`: and no more after that. `data`: a byte string, or bytes. */
  fromClient(data: string | Uint8Array, end = false): ConnectionOutcome {
    this.#check("client", this.#unread?.end ?? this.#chain.client.ended);
    const bytes = toBytes(data);
    if (this.connected) this.#receive(bytes, end);
    else this.#unread = { data: (this.#unread?.data ?? "") + fromBytes(bytes), end };
    return this.outcome("client");
  }

  /** The upstream sends; only once it is connected. */
  fromUpstream(data: string | Uint8Array, end = false): ConnectionOutcome {
    this.#check("upstream", this.#chain.upstream.ended);
    if (!this.connected)
      throw new EmulatorError("upstream: it is not connected, a filter holds the connection");
    this.#chain.answer(toBytes(data), end);
    return this.outcome("upstream");
  }

  /** One side breaks the connection off. */
  reset(by: "client" | "upstream"): void {
    this.#check(by, false);
    this.#chain.close(by === "client" ? "remote" : "local");
  }

  /** How things stand with what a side sent: useful after a filter resumed from elsewhere. */
  outcome(side: "client" | "upstream" = "client"): ConnectionOutcome {
    if (this.closedBy) return "closed";
    if (!this.connected) return "paused";
    const { held, ended, endPassed } = this.#chain[side];
    return held.length > 0 || ended !== endPassed ? "paused" : "continue";
  }

  #connect(down: boolean): void {
    if (down) return this.#chain.close("local");
    this.#state.upstream.chosen = true;
    const unread = this.#unread;
    this.#unread = null;
    if (unread) this.#receive(toBytes(unread.data), unread.end);
  }

  #receive(bytes: Uint8Array, end: boolean): void {
    this.#state.bytesReceived += bytes.length;
    this.#chain.receive(bytes, end);
  }

  /** A test that drives a connection in an order no host would is wrong, and its findings with it. */
  #check(side: string, ended: boolean): void {
    if (this.closedBy) throw new EmulatorError(`${side}: the connection is closed`);
    if (ended) throw new EmulatorError(`${side}: it had ended`);
  }
}

function add(flow: Flow, bytes: Uint8Array, end: boolean): void {
  flow.data += fromBytes(bytes);
  flow.ended ||= end;
}

function toBytes(data: string | Uint8Array): Uint8Array {
  return typeof data === "string" ? Buffer.from(data, "latin1") : data.slice();
}

function fromBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}
