import { EmulatorError } from "./errors.js";
import { FilterChain } from "./http/chain.js";
import type { Pass } from "./http/pass.js";
import { HeaderMap } from "./http/header-map.js";
import { openChain } from "./open-chain.js";
import type { Plugin } from "./plugin.js";
import { Recorder } from "./recorder.js";
import { StreamState } from "./stream-state.js";
import type { Header, LocalReply, Message, Outcome, StreamInfo } from "./types.js";
import type { EventLoop } from "./shared/event-loop.js";
import type { Surroundings } from "./vm.js";

const bufferLimit = 1024 * 1024;

type Stage = "new" | "headers" | "body" | "ended";

/** One request and its response, played by a test: the test is client and upstream, the plugins filter. */
export class Stream {
  readonly #upstream = new Recorder();
  readonly #downstream = new Recorder();
  readonly #state: StreamState;
  readonly #chain: FilterChain;
  readonly #loop: EventLoop;
  readonly #stages: { request: Stage; response: Stage } = { request: "new", response: "new" };
  #closed = false;

  /** `plugins`: in the order in which a request meets them. */
  constructor(plugins: readonly Plugin[], surroundings: Surroundings, info: StreamInfo = {}) {
    this.#loop = surroundings.loop;
    this.#state = new StreamState(surroundings.clock, info);
    const sinks = { upstream: this.#upstream, downstream: this.#downstream };
    this.#chain = openChain(plugins, this.#state, { ...sinks, bufferLimit });
  }

  /** What went on to the upstream so far. */
  get upstream(): Message {
    return this.#upstream.message();
  }

  /** What went on to the client so far. */
  get downstream(): Message {
    return this.#downstream.message();
  }

  /** Filter state that the filters set: `wasm.<name>` to byte string. */
  get filterState(): ReadonlyMap<string, string> {
    return this.#state.filterState.texts();
  }

  requestHeaders(pairs: readonly Header[], end: boolean): Outcome {
    return this.#hand("request", "headers", end, (pass) =>
      pass.receiveHeaders(new HeaderMap("request", pairs), end),
    );
  }

  /** `chunk`: a byte string, or bytes. */
  requestBody(chunk: string | Uint8Array, end: boolean): Outcome {
    const bytes = toChunk(chunk);
    this.#state.bytesReceived += bytes.length;
    return this.#hand("request", "body", end, (pass) => pass.receiveData(bytes, end));
  }

  requestTrailers(pairs: readonly Header[]): Outcome {
    const map = new HeaderMap("requestTrailers", pairs);
    return this.#hand("request", "trailers", true, (pass) => pass.receiveTrailers(map));
  }

  responseHeaders(pairs: readonly Header[], end: boolean): Outcome {
    const map = new HeaderMap("response", pairs);
    if (!this.#chain.over) this.#state.upstreamAnswered(Number(map.get(":status")));
    return this.#hand("response", "headers", end, (pass) => pass.receiveHeaders(map, end));
  }

  responseBody(chunk: string | Uint8Array, end: boolean): Outcome {
    const bytes = toChunk(chunk);
    this.#state.bytesSent += bytes.length;
    return this.#hand("response", "body", end, (pass) => pass.receiveData(bytes, end));
  }

  responseTrailers(pairs: readonly Header[]): Outcome {
    const map = new HeaderMap("responseTrailers", pairs);
    return this.#hand("response", "trailers", true, (pass) => pass.receiveTrailers(map));
  }

  /** How things stand: useful after a paused stream was resumed from elsewhere. */
  outcome(side: "request" | "response" = "request"): Outcome {
    const { localReply, resetDetails } = this.#chain;
    if (resetDetails !== null) return { next: "reset", details: resetDetails };
    if (localReply) return { next: "reply", reply: this.#reply(localReply.status) };
    return { next: this.#chain[side].paused ? "paused" : "continue" };
  }

  /** The stream ends, whether or not all was said: proxy_on_log, proxy_on_done and proxy_on_delete where due. */
  close(): void {
    if (this.#closed) throw new EmulatorError("a stream was closed twice");
    this.#closed = true;
    this.#loop.run(() => this.#chain.close());
  }

  #hand(side: "request" | "response", what: string, end: boolean, run: (pass: Pass) => void): Outcome {
    this.#check(side, what);
    if (side === "response" && end) this.#state.upstreamEnded();
    this.#stages[side] = end ? "ended" : what === "headers" ? "headers" : "body";
    if (!this.#chain.over) this.#loop.run(() => run(this.#chain[side]));
    return this.outcome(side);
  }

  /** A test that drives a stream in an order no host would is wrong, and its findings with it. */
  #check(side: "request" | "response", what: string): void {
    const stage = this.#stages[side];
    const late = this.#closed
      ? "the stream was closed"
      : stage === "ended"
        ? `the ${side} had ended`
        : undefined;
    const early = what !== "headers" && stage === "new" ? "there were no headers yet" : undefined;
    const again = what === "headers" && stage !== "new" ? "there were headers already" : undefined;
    const unasked =
      side === "response" && this.#stages.request === "new" ? "there was no request" : undefined;
    const wrong = late ?? early ?? again ?? unasked;
    if (wrong) throw new EmulatorError(`proxy_on_${side}_${what}: ${wrong}`);
  }

  #reply(status: number): LocalReply {
    const { headers, body } = this.downstream;
    return { status, headers, body, details: this.#state.codeDetails ?? "" };
  }
}

function toChunk(chunk: string | Uint8Array): Uint8Array {
  return typeof chunk === "string" ? Buffer.from(chunk, "latin1") : chunk.slice();
}
