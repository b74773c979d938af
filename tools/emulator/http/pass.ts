import { ByteBuffer } from "./byte-buffer.js";
import { Entry } from "./entry.js";
import type { FilterHalf, Sink } from "./filter.js";
import type { HeaderMap } from "./header-map.js";

/** What a pass asks of the chain it belongs to. */
export interface PassOwner {
  /** More was buffered than may be. */
  bufferOverflow(pass: Pass): void;
}

/**
 * One direction of a stream: hands headers, data and trailers from filter to filter, and holds back what a filter
 * holds back. After Envoy's FilterManager, whose rules on buffering are observable by filters.
 */
export class Pass {
  /** Headers of the message; null until they came. */
  map: HeaderMap | null = null;
  trailersMap: HeaderMap | null = null;
  /** What filters hold back: one buffer for all of them. */
  buffered: ByteBuffer | null = null;
  /** What the headers said before filters changed them. */
  original: { method: string | undefined; contentType: string | undefined } | null = null;
  /** The other side has said all. */
  ended = false;
  /** Nothing moves any more. */
  aborted = false;
  readonly #entries: Entry[];

  constructor(
    filters: readonly FilterHalf[],
    private readonly sink: Sink,
    private readonly owner: PassOwner,
    readonly bufferLimit: number,
  ) {
    this.#entries = filters.map((filter, index) => new Entry(this, filter, index));
  }

  /** Whether a filter holds anything back. */
  get paused(): boolean {
    return this.#entries.some((entry) => !entry.iterating);
  }

  entryOf(filter: FilterHalf): Entry {
    return this.#entries.find((entry) => entry.filter === filter)!;
  }

  receiveHeaders(map: HeaderMap, end: boolean): void {
    this.map = map;
    this.original = { method: map.get(":method"), contentType: map.get("content-type") };
    this.ended = end;
    this.runHeaders(0, end);
  }

  receiveData(bytes: Uint8Array, end: boolean): void {
    this.ended = end;
    this.runData(0, new ByteBuffer(bytes), end);
  }

  receiveTrailers(map: HeaderMap): void {
    this.trailersMap = map;
    this.ended = true;
    this.runTrailers(0);
  }

  runHeaders(from: number, end: boolean): void {
    for (const entry of this.#entries.slice(from)) {
      entry.endStream = end;
      const verdict = entry.filter.headers(this.map!, end);
      if (!entry.afterHeaders(this.aborted ? "stop" : verdict)) return;
    }
    this.sink.headers(this.map!, end);
  }

  runData(from: number, chunk: ByteBuffer, end: boolean): void {
    if (this.aborted) return;
    const had = this.trailersMap !== null;
    let adder: number | null = null;
    for (const [at, entry] of [...this.#entries.entries()].slice(from)) {
      if (entry.stoppedAll) return entry.hold(chunk);
      if (entry.endStream) return;
      entry.endStream = end && this.trailersMap === null;
      const verdict = entry.filter.data(chunk, entry.endStream);
      if (this.aborted) return;
      if (!had && this.trailersMap) adder ??= at;
      // Trailers that were added go on even where the body is held: as in Envoy, they overtake it.
      if (!entry.afterData(verdict, chunk)) return adder === null ? undefined : this.runTrailers(adder + 1);
    }
    this.sink.data(chunk, end && this.trailersMap === null);
    if (adder !== null) this.runTrailers(adder + 1);
  }

  /** Trailers that a filter adds as it sees the end of the body: filters behind it see them, it does not. */
  addTrailers(map: HeaderMap): HeaderMap {
    return (this.trailersMap ??= map);
  }

  runTrailers(from: number): void {
    if (this.aborted) return;
    for (const entry of this.#entries.slice(from)) {
      if (entry.stoppedAll) return;
      const verdict = entry.filter.trailers(this.trailersMap!);
      entry.endStream = true;
      if (this.aborted) return;
      if (!entry.afterTrailers(verdict)) return;
    }
    this.sink.trailers(this.trailersMap!);
  }

  checkLimit(): void {
    if (this.buffered!.length > this.bufferLimit) this.owner.bufferOverflow(this);
  }
}
