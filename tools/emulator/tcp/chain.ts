import { ByteBuffer } from "../http/byte-buffer.js";
import type { EventLoop } from "../shared/event-loop.js";
import type { Closer, TcpFilter, TcpSinks } from "./filter.js";

/** One direction: what came, and what became of it. */
interface Flow {
  /** Came and was not let go by all filters. */
  readonly held: ByteBuffer;
  /** Its sender sends no more. */
  ended: boolean;
  /** The end went through all filters. */
  endPassed: boolean;
}

/** A connection's filters, in the order in which a client's data meets them, between the client and the upstream. */
export class TcpChain {
  readonly client = flow();
  readonly upstream = flow();
  /** Null while the connection lives. */
  closedBy: Closer | null = null;
  /** How many filters were told of the connection. */
  #greeted = 0;
  #calledUpstream = false;

  constructor(
    private readonly filters: readonly TcpFilter[],
    private readonly sinks: TcpSinks,
    private readonly loop: EventLoop,
  ) {}

  /** The connection came in. */
  begin(): void {
    this.loop.run(() => this.#read(0));
  }

  /** The client sent something; not to be called before the upstream is connected, for Envoy does not read before. */
  receive(bytes: Uint8Array, end: boolean): void {
    this.client.held.append(bytes);
    this.client.ended ||= end;
    this.loop.run(() => {
      this.#read(0);
      this.#closeWhereDone("remote");
    });
  }

  /** The upstream sent something. The filters meet it in reverse order. */
  answer(bytes: Uint8Array, end: boolean): void {
    this.upstream.held.append(bytes);
    this.upstream.ended ||= end;
    this.loop.run(() => {
      if (this.#write(end)) this.sinks.toClient(this.upstream.held.take(), end);
      this.#closeWhereDone("local");
    });
  }

  /** A filter lets the client's data go on, from the one behind it. */
  resume(filter: TcpFilter): void {
    this.#read(this.filters.indexOf(filter) + 1);
    this.#closeWhereDone("local");
  }

  close(by: Closer): void {
    if (this.closedBy) return;
    this.closedBy = by;
    this.loop.run(() => {
      for (const filter of this.filters) filter.closed(by);
    });
    this.sinks.close(by);
  }

  /** After each read all that is held meets the filters from the first one on, once more. */
  #read(from: number): void {
    for (let index = from; index < this.filters.length; index++) if (!this.#visit(index)) return;
    if (this.closedBy) return;
    if (!this.#calledUpstream) {
      this.#calledUpstream = true;
      this.sinks.connect();
    }
    const { held, ended } = this.client;
    if (held.length === 0 && !ended) return;
    this.client.endPassed = ended;
    this.sinks.toUpstream(held.take(), ended);
  }

  /** False: the filter keeps it. */
  #visit(index: number): boolean {
    if (this.closedBy) return false;
    const filter = this.filters[index]!;
    if (index >= this.#greeted) {
      this.#greeted = index + 1;
      if (filter.connected() === "stop" || this.closedBy) return false;
    }
    const { held, ended } = this.client;
    if (held.length === 0 && !ended) return true;
    return filter.downstream(held, ended) === "continue" && !this.closedBy;
  }

  /** False: a filter keeps it. */
  #write(end: boolean): boolean {
    for (const filter of [...this.filters].reverse()) {
      if (this.closedBy || filter.upstream(this.upstream.held, end) === "stop") return false;
    }
    if (this.closedBy) return false;
    this.upstream.endPassed = end;
    return true;
  }

  /** A side that both sends and gets no more is closed, and the other one with it, whatever filters still hold. */
  #closeWhereDone(reader: Closer): void {
    const { client, upstream } = this;
    if (client.ended && upstream.endPassed) this.close(reader);
    else if (upstream.ended && client.endPassed) this.close("local");
  }
}

function flow(): Flow {
  return { held: new ByteBuffer(), ended: false, endPassed: false };
}
