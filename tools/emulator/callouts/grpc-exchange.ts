import type { Clock } from "../clock.js";
import { HeaderMap } from "../http/header-map.js";
import type { ResetReason, Upstream, UpstreamStream } from "../proxy/upstream.js";
import type { Header } from "../types.js";
import { brokenEnd, cutEnd, localEnd, saidEnd, type GrpcEnd } from "./grpc-end.js";
import { frame, FrameReader } from "./grpc-frames.js";
import { grpcLines, type GrpcRequest } from "./grpc-request.js";
import { GrpcStatus, statusOfHttp } from "./grpc-status.js";
import { answeredLines } from "./lines.js";
import { deadline, openStream } from "./open.js";

/** In the order in which they come, whatever goes wrong; only messages may be missing. */
export interface GrpcEvents {
  initialMetadata(map: HeaderMap): void;
  message(bytes: Uint8Array): void;
  trailingMetadata(map: HeaderMap): void;
  closed(end: GrpcEnd): void;
}

const none = () => new HeaderMap("response");

/** A gRPC exchange with a callee, as Envoy's client leads one. */
export class GrpcExchange {
  readonly #stream: UpstreamStream;
  readonly #frames = new FrameReader();
  readonly #forget: () => void;
  readonly #startedAt: bigint;
  #requestEnded = false;
  #answered = false;
  #over = false;

  constructor(
    callee: Upstream,
    request: GrpcRequest,
    private readonly clock: Clock,
    private readonly events: GrpcEvents,
  ) {
    this.#startedAt = clock.now();
    this.#forget = deadline(clock, request.timeoutMs ?? 0, () => this.#failed("late"));
    this.#stream = openStream(callee, grpcLines(request), false, {
      headers: (pairs, end) => this.#headers(pairs, end),
      data: (bytes, end) => this.#data(bytes, end),
      trailers: (pairs) => this.#trailers(new HeaderMap("responseTrailers", pairs)),
      failed: (reason) => this.#failed(reason),
    });
  }

  send(message: Uint8Array, end: boolean): void {
    this.#write(frame(message), end);
  }

  close(): void {
    this.#write(new Uint8Array(), true);
  }

  cancel(): void {
    this.#end();
    this.#reset();
  }

  #write(bytes: Uint8Array, end: boolean): void {
    if (this.#over || this.#requestEnded) return;
    this.#requestEnded = end;
    this.#stream.data(bytes, end);
  }

  #headers(pairs: Header[], end: boolean): void {
    if (this.#over) return;
    this.#answered = true;
    const tookMs = Number(this.clock.now() - this.#startedAt) / 1e6;
    const map = answeredLines(pairs, this.#requestEnded ? tookMs : null);
    const status = Number(map.get(":status"));
    this.events.initialMetadata(end || status !== 200 ? none() : map);
    if (end && (status === 200 || map.get("grpc-status") !== undefined)) this.#trailers(map);
    else if (status !== 200) this.#broken(statusOfHttp(status));
  }

  #data(bytes: Uint8Array, end: boolean): void {
    if (this.#over) return;
    const messages = this.#frames.push(bytes);
    if (messages === null) return this.#broken(GrpcStatus.Internal);
    for (const message of messages) if (!this.#over) this.events.message(message);
    if (end) this.#trailers(none());
  }

  #trailers(map: HeaderMap): void {
    if (this.#over) return;
    this.events.trailingMetadata(map);
    this.#finish(saidEnd(map));
  }

  #broken(status: number): void {
    this.#reset();
    this.events.trailingMetadata(none());
    this.#finish(brokenEnd(status));
  }

  #failed(reason: ResetReason | "late"): void {
    if (this.#over) return;
    if (reason === "late") this.#reset();
    const local = localEnd(reason);
    if (!this.#answered) this.events.initialMetadata(none());
    this.events.trailingMetadata(this.#answered ? none() : local.trailers);
    this.#finish(this.#answered ? cutEnd(reason) : local.end);
  }

  /** A callee may answer while the stream is still being opened. */
  #reset(): void {
    const stream: UpstreamStream | undefined = this.#stream;
    stream?.reset();
  }

  #finish(end: GrpcEnd): void {
    if (this.#over) return;
    this.#end();
    this.events.closed(end);
  }

  #end(): void {
    this.#over = true;
    this.#forget();
  }
}
