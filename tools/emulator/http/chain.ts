import { toBytes } from "../bytes.js";
import { ByteBuffer } from "./byte-buffer.js";
import type { HttpFilter, Reply, Sink } from "./filter.js";
import { HeaderMap } from "./header-map.js";
import { isGrpc, replyMessage } from "./local-reply.js";
import { Pass, type PassOwner } from "./pass.js";

export interface ChainSettings {
  upstream: Sink;
  downstream: Sink;
  /** Most bytes that filters may hold back, for each direction. */
  bufferLimit: number;
}

const noStatus: Reply = {
  status: 502,
  body: "missing required header: :status",
  headers: [],
  grpcStatus: null,
  details: "filter_removed_required_response_headers",
};

/** What filters can learn of the stream's fate. */
export interface StreamNews {
  responseCode: number | null;
  flags: bigint;
  setDetails(details: string): void;
}

/** A stream's filters, in the order in which a request meets them, between a client and an upstream. */
export class FilterChain implements PassOwner {
  readonly request: Pass;
  readonly response: Pass;
  /** The first reply that took the upstream's place. */
  localReply: Reply | null = null;
  /** Why the stream was cut; null while it was not. */
  resetDetails: string | null = null;
  /** Nothing more will happen. */
  over = false;
  #headersSent = false;

  constructor(
    private readonly filters: readonly HttpFilter[],
    private readonly settings: ChainSettings,
    private readonly news: StreamNews,
  ) {
    const { upstream, bufferLimit } = settings;
    const responses = filters.map((filter) => filter.response).reverse();
    const requests = filters.map((filter) => filter.request);
    this.request = new Pass(requests, upstream, this, bufferLimit);
    this.response = new Pass(responses, this.#client(), this, bufferLimit);
  }

  /** Not to be called while a guest is at work: response callbacks may run on the reply. */
  sendLocalReply(reply: Reply): void {
    if (this.over) return;
    this.localReply ??= reply;
    this.news.setDetails(reply.details);
    this.news.flags |= reply.flag ?? 0n;
    if (this.#headersSent) this.reset(reply.details);
    else if (this.response.map) this.#sendDirectly(reply);
    else this.#sendThroughFilters(reply);
  }

  bufferOverflow(pass: Pass): void {
    const [status, body, details]: [number, string, string] =
      pass === this.request
        ? [413, "Payload Too Large", "request_payload_too_large"]
        : [500, "Internal Server Error", "response_payload_too_large"];
    this.sendLocalReply({ status, body, headers: [], grpcStatus: null, details });
  }

  /** Cuts the stream on both sides. */
  reset(details: string): void {
    if (this.over) return;
    this.resetDetails = details;
    this.#stop();
    this.settings.upstream.reset();
    this.settings.downstream.reset();
    this.#finish();
  }

  /** The client went away, or the test is done with the stream. */
  close(): void {
    if (this.over) return;
    this.#stop();
    this.settings.upstream.reset();
    this.#finish();
  }

  #sendThroughFilters(reply: Reply): void {
    this.request.aborted = true;
    const { map, body } = this.#message(reply);
    this.response.receiveHeaders(map, body === "");
    if (body !== "") this.response.receiveData(toBytes(body), true);
  }

  /** The response was on its way through the filters: the reply goes past them. */
  #sendDirectly(reply: Reply): void {
    const { map, body } = this.#message(reply);
    this.response.map = map;
    const client = this.#client();
    this.response.aborted = true;
    client.headers(map, body === "");
    if (body !== "") client.data(new ByteBuffer(toBytes(body)), true);
  }

  #message(reply: Reply): { map: HeaderMap; body: string } {
    this.news.responseCode = reply.status;
    const asked = this.request.original;
    return replyMessage(reply, { grpc: isGrpc(asked?.contentType), head: asked?.method === "HEAD" });
  }

  /** What the last response filter writes to. */
  #client(): Sink {
    const { downstream } = this.settings;
    return {
      headers: (map, end) => {
        if (!/^\d{3}$/.test(map.get(":status") ?? "")) return this.sendLocalReply(noStatus);
        this.#headersSent = true;
        this.news.responseCode = Number(map.get(":status"));
        downstream.headers(map, end);
        if (end) this.#complete();
      },
      data: (chunk, end) => {
        downstream.data(chunk, end);
        if (end) this.#complete();
      },
      trailers: (map) => {
        downstream.trailers(map);
        this.#complete();
      },
      reset: () => downstream.reset(),
    };
  }

  /** The response is complete; what is left of the request is of no interest. */
  #complete(): void {
    if (this.over) return;
    if (!this.request.ended || this.request.paused || this.localReply) this.settings.upstream.reset();
    this.#stop();
    this.#finish();
  }

  #stop(): void {
    this.over = true;
    this.request.aborted = true;
    this.response.aborted = true;
  }

  #finish(): void {
    for (const filter of this.filters) filter.log();
    for (const filter of this.filters) filter.destroy();
  }
}
