import { ByteBuffer } from "./byte-buffer.js";
import type { DataVerdict, FilterHalf, HeadersVerdict, TrailersVerdict } from "./filter.js";
import type { Pass } from "./pass.js";

/** A filter's place in a pass, and whether it lets things through. */
export class Entry {
  /** The filter has seen the end of the message. */
  endStream = false;
  #verdict: HeadersVerdict = "continue";
  #headersContinued = false;
  /** Held back before the filter saw it: resuming starts with the filter itself. */
  #resumeAtSelf = false;

  constructor(
    private readonly pass: Pass,
    readonly filter: FilterHalf,
    private readonly index: number,
  ) {}

  get iterating(): boolean {
    return this.#verdict === "continue";
  }

  get stoppedAll(): boolean {
    return this.#verdict.startsWith("stop-all");
  }

  /** True: on to the next filter. */
  afterHeaders(verdict: HeadersVerdict): boolean {
    this.#verdict = verdict;
    if (verdict === "continue") this.#headersContinued = true;
    return this.iterating;
  }

  afterData(verdict: DataVerdict, chunk: ByteBuffer): boolean {
    if (verdict === "continue") {
      if (this.iterating) return true;
      this.#buffer(chunk);
      this.resume();
      return false;
    }
    this.#verdict = "stop";
    if (verdict !== "no-buffer") this.#keep(chunk, verdict === "buffer");
    // An empty end of the message must still be there when the filter resumes.
    else if (this.endStream && !this.pass.trailersMap) this.pass.buffered ??= new ByteBuffer();
    return false;
  }

  afterTrailers(verdict: TrailersVerdict): boolean {
    if (verdict === "stop") {
      if (this.iterating) this.#verdict = "stop";
      return false;
    }
    if (this.iterating) return true;
    this.resume();
    return false;
  }

  /** Data for a filter that has stopped everything. */
  hold(chunk: ByteBuffer): void {
    this.#keep(chunk, this.#verdict === "stop-all-buffer");
  }

  /** A filter that buffers takes a new chunk into the buffer before it looks at it. */
  add(chunk: ByteBuffer): void {
    this.#keep(chunk, true);
  }

  /**
   * Lets go of what the filter held back. A filter that resumes from within a callback has its headers go on at once,
   * and what that callback returns is heeded afterwards: Envoy does no better.
   */
  resume(): void {
    if (this.pass.aborted) return;
    // A resume from within a resumed callback starts where that one did: the filter meets data and trailers again.
    if (this.stoppedAll) this.#resumeAtSelf = true;
    this.#verdict = "continue";
    const { pass } = this;
    if (!this.#headersContinued) {
      this.#headersContinued = true;
      pass.runHeaders(this.index + 1, pass.ended && !pass.buffered && !pass.trailersMap);
    }
    const hadTrailers = pass.trailersMap !== null;
    if (pass.buffered) pass.runData(this.#next(), pass.buffered, pass.ended && !hadTrailers);
    if (hadTrailers) pass.runTrailers(this.#next());
    this.#resumeAtSelf = false;
  }

  #next(): number {
    return this.index + (this.#resumeAtSelf ? 0 : 1);
  }

  #keep(chunk: ByteBuffer, limited: boolean): void {
    this.#buffer(chunk);
    if (limited) this.pass.checkLimit();
  }

  #buffer(chunk: ByteBuffer): void {
    if (this.pass.buffered === chunk) return;
    this.pass.buffered ??= new ByteBuffer();
    this.pass.buffered.append(chunk.take());
  }
}
