import type { GuestBuffer } from "./context.js";
import type { ByteBuffer } from "./http/byte-buffer.js";
import type { DataVerdict, FilterHalf, HeadersVerdict, TrailersVerdict } from "./http/filter.js";
import { HeaderMap } from "./http/header-map.js";
import { dataVerdict, headersVerdict, trailersVerdict } from "./verdicts.js";
import type { StreamContext } from "./stream-context.js";

/** One direction of a stream as a guest sees it: maps and body are there only while they are its turn. */
export class StreamHalf implements FilterHalf {
  map: HeaderMap | null = null;
  trailersMap: HeaderMap | null = null;
  #chunk: ByteBuffer | null = null;
  #buffering = false;
  /** The guest was told that the body ends with what it sees. */
  #ending = false;

  constructor(
    private readonly stream: StreamContext,
    private readonly side: "request" | "response",
  ) {}

  headers(map: HeaderMap, end: boolean): HeadersVerdict {
    const { stream } = this;
    if (this.side === "request") {
      stream.create();
      stream.started = true;
    }
    if (stream.deaf) return "continue";
    this.map = map;
    const action = stream.callback(`proxy_on_${this.side}_headers`, map.size, Number(end));
    const verdict = this.#settle(headersVerdict(stream, action));
    if (verdict === "continue") this.map = null;
    return verdict;
  }

  data(chunk: ByteBuffer, end: boolean): DataVerdict {
    const { stream } = this;
    if (stream.deaf) return "continue";
    if (this.#buffering) {
      stream.chain[this.side].entryOf(this).add(chunk);
      if (stream.chain.over) return "buffer";
    }
    this.#chunk = chunk;
    this.#ending = end;
    const action = stream.callback(`proxy_on_${this.side}_body`, this.#body()!.length, Number(end));
    const verdict = this.#settle(dataVerdict(stream, action));
    this.#buffering = verdict === "buffer";
    if (verdict === "continue") this.#chunk = null;
    return verdict;
  }

  trailers(map: HeaderMap): TrailersVerdict {
    if (this.stream.deaf) return "continue";
    this.trailersMap = map;
    const action = this.stream.callback(`proxy_on_${this.side}_trailers`, map.size);
    const verdict = this.#settle(trailersVerdict(this.stream, action));
    if (verdict === "continue") this.trailersMap = null;
    return verdict;
  }

  /** At a body's end a guest that writes trailers creates them; null where it is none. */
  addTrailers(): HeaderMap | null {
    if (this.#chunk === null || !this.#ending) return null;
    const pass = this.stream.chain[this.side];
    return (this.trailersMap = pass.addTrailers(new HeaderMap(`${this.side}Trailers`)));
  }

  /** Where there is no body now the guest finds an empty one that it cannot write. */
  body(): GuestBuffer {
    const body = this.#body();
    return body ? { writable: body } : { readable: new Uint8Array() };
  }

  /** The guest let the message go on: its maps are gone at once. */
  forget(): void {
    this.map = null;
    this.trailersMap = null;
    this.#chunk = null;
    this.#buffering = false;
  }

  /** A guest that buffers sees all of the body so far, else the chunk that has just come. */
  #body(): ByteBuffer | null {
    return this.#buffering ? this.stream.chain[this.side].buffered : this.#chunk;
  }

  #settle<T>(verdict: T): T {
    this.stream.vm.settle();
    return verdict;
  }
}
