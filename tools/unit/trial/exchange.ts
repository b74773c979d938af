import type { Header, Plugin, Stream, StreamInfo } from "../../emulator/index.js";
import { fromByteString, toByteString } from "./odd-bytes.js";
import { play } from "./messages.js";
import type { Message } from "./messages.js";

/** Parts of an exchange, as the spec's side numbers them. */
const PARTS = [
  ["downstream", "headers"],
  ["downstream", "trailers"],
  ["upstream", "headers"],
  ["upstream", "trailers"],
] as const;

/** One exchange of a Trial: the runner plays client and upstream. */
export class Exchange {
  readonly #stream: Stream;
  #closed = false;

  /** Sends the request. */
  constructor(
    plugin: Plugin,
    info: StreamInfo,
    request: Message,
    private readonly upstream: Message,
  ) {
    const stream = (this.#stream = plugin.open(info));
    play(request, {
      headers: (lines, end) => stream.requestHeaders(lines, end),
      body: (chunk, end) => stream.requestBody(chunk, end),
      trailers: (lines) => stream.requestTrailers(lines),
    });
  }

  /** The upstream answers a request that has reached it and that nobody has answered. */
  answer(): void {
    const stream = this.#stream;
    if (!this.forwarded || stream.outcome().next !== "continue") return;
    play(this.upstream, {
      headers: (lines, end) => stream.responseHeaders(lines, end),
      body: (chunk, end) => stream.responseBody(chunk, end),
      trailers: (lines) => stream.responseTrailers(lines),
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stream.close();
  }

  get forwarded(): boolean {
    return this.#stream.upstream.started;
  }

  /** The filter holds one of the two messages. */
  get waiting(): boolean {
    const held = (["request", "response"] as const).map((side) => this.#stream.outcome(side).next);
    return held.includes("paused") && !this.#stream.downstream.ended;
  }

  get details(): string {
    const outcome = this.#stream.outcome();
    if (outcome.next === "reply") return outcome.reply.details;
    return outcome.next === "reset" ? outcome.details : "";
  }

  /** Filter state that the filter set under `wasm.<name>`. */
  state(name: string): string | null {
    const value = this.#stream.filterState.get(`wasm.${toByteString(name)}`);
    return value === undefined ? null : fromByteString(value);
  }

  /** The value of the nth line of a header or trailer. */
  field(part: number, name: string, index: number): string | null {
    const value = this.#lines(part).filter(([key]) => key === name.toLowerCase())[index]?.[1];
    return value === undefined ? null : fromByteString(value);
  }

  body(part: number): string {
    return fromByteString(this.#stream[PARTS[part]![0]].body);
  }

  #lines(part: number): readonly Header[] {
    const [side, kind] = PARTS[part]!;
    return this.#stream[side][kind];
  }
}
