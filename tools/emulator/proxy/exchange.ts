import { toBytes } from "../bytes.js";
import type { FilterChain } from "../http/chain.js";
import type { Sink } from "../http/filter.js";
import { HeaderMap } from "../http/header-map.js";
import type { Pass } from "../http/pass.js";
import { openChain } from "../open-chain.js";
import type { Plugin } from "../plugin.js";
import { StreamState } from "../stream-state.js";
import type { Surroundings } from "../vm.js";
import type { ClientStream, RequestEvents } from "./client.js";
import { judge, type Rejection } from "./edge.js";
import { rejectionMap } from "./reject.js";
import { filterRequest, routedRequest, routeTimeoutMs } from "./request-headers.js";
import { unroutable } from "./routing.js";
import { clientResponse, upstreamResponse } from "./response-headers.js";
import type { ResetReason, ResponseEvents, Upstream, UpstreamStream } from "./upstream.js";

/** What all requests of a proxy have in common. */
export interface ProxyParts {
  plugins: readonly Plugin[];
  surroundings: Surroundings;
  upstream: Upstream;
  upstreamPort: number;
  /** A stream on which nothing moves for so long is ended. */
  idleMs: number;
}

const bufferLimit = 1024 * 1024;
const ignored: RequestEvents = { data: () => {}, trailers: () => {}, closed: () => {} };

/** Takes a request from a client through the filters to the upstream, and its response back. */
export function exchange(parts: ProxyParts, client: ClientStream, ended: boolean): RequestEvents {
  const rejection = judge(client.arrival);
  const taken = new Exchange(parts, client);
  if (!rejection) return taken.begin(ended);
  taken.reject(rejection);
  return ignored;
}

class Exchange {
  readonly #state: StreamState;
  readonly #chain: FilterChain;
  readonly #idleTimer: NodeJS.Timeout;
  #routeTimer: NodeJS.Timeout | null = null;
  #upstream: UpstreamStream | null = null;
  #sentAt = 0;

  constructor(
    private readonly parts: ProxyParts,
    private readonly client: ClientStream,
  ) {
    this.#state = stateOf(parts, client);
    const sinks = { upstream: this.#toUpstream(), downstream: this.#toClient() };
    this.#chain = openChain(parts.plugins, this.#state, { ...sinks, bufferLimit });
    this.#idleTimer = setTimeout(
      () => this.#reply(504, "stream timeout", "stream_idle_timeout"),
      parts.idleMs,
    );
  }

  begin(ended: boolean): RequestEvents {
    const { request } = this.#chain;
    const map = filterRequest(this.client.arrival, this.client.peer.address);
    this.#moved(() => request.receiveHeaders(map, ended), ended);
    return {
      data: (bytes, end) => {
        this.#state.bytesReceived += bytes.length;
        this.#moved(() => request.receiveData(bytes, end), end);
        if (overfull(request)) this.client.pause();
      },
      trailers: (pairs) =>
        this.#moved(() => request.receiveTrailers(new HeaderMap("requestTrailers", pairs)), true),
      closed: () => {
        this.#chain.close();
        this.#stopTimers();
      },
    };
  }

  /** No filter is asked, but each is told in the end, as in Envoy. */
  reject(rejection: Rejection): void {
    const { arrival } = this.client;
    const { malformed } = rejection;
    if (arrival.protocol === "HTTP/2" && malformed !== undefined) return this.client.reset();
    const map = rejectionMap(rejection, arrival.protocol);
    this.client.headers(map.pairs(), malformed === undefined);
    if (malformed !== undefined) this.client.data(toBytes(malformed), true);
    this.#state.responseCode = rejection.status;
    this.#state.setDetails(rejection.details);
    this.#chain.request.map = new HeaderMap("request", arrival.headers);
    this.#chain.response.map = map;
    this.#chain.close();
    this.#stopTimers();
  }

  #responseEvents(): ResponseEvents {
    const { response } = this.#chain;
    return {
      headers: (pairs, end) => {
        const map = new HeaderMap("response", pairs);
        upstreamResponse(map, performance.now() - this.#sentAt);
        this.#state.upstreamAnswered(Number(map.get(":status")));
        this.#moved(() => response.receiveHeaders(map, end));
      },
      data: (bytes, end) => {
        this.#moved(() => response.receiveData(bytes, end));
        if (overfull(response)) this.#upstream?.pause();
      },
      trailers: (pairs) =>
        this.#moved(() => response.receiveTrailers(new HeaderMap("responseTrailers", pairs))),
      failed: (reason) => this.#upstreamFailed(reason),
    };
  }

  #toUpstream(): Sink {
    return {
      headers: (map, end) => {
        const refusal = unroutable(map);
        if (refusal) return this.#chain.sendLocalReply(refusal);
        routedRequest(map);
        this.#state.upstream.chosen = true;
        this.#sentAt = performance.now();
        this.#attempt(() => {
          this.#upstream = this.parts.upstream.open(map.pairs(), end, this.#responseEvents());
        });
      },
      data: (chunk, end) => {
        this.#upstream?.data(chunk.take(), end);
        this.client.resume();
      },
      trailers: (map) => this.#upstream?.trailers(map.pairs()),
      reset: () => this.#upstream?.reset(),
    };
  }

  #toClient(): Sink {
    return {
      headers: (map, end) => {
        clientResponse(map, new Date(Number(this.parts.surroundings.clock.now() / 1_000_000n)));
        this.#attempt(() => this.client.headers(map.pairs(), end));
      },
      data: (chunk, end) => {
        const bytes = chunk.take();
        this.#state.bytesSent += bytes.length;
        this.client.data(bytes, end);
        this.#upstream?.resume();
      },
      trailers: (map) => this.client.trailers(map.pairs()),
      reset: () => this.client.reset(),
    };
  }

  /** Something came in: it goes through the filters unless the stream is over. */
  #moved(run: () => void, requestEnded = false): void {
    if (this.#chain.over) return;
    this.#idleTimer.refresh();
    run();
    // Envoy's route timeout starts when the upstream has the whole request.
    if (requestEnded && this.#upstream) this.#awaitResponse();
    if (this.#chain.over) this.#stopTimers();
  }

  /** What filters made of a message may be nothing that can be sent: Envoy cuts such a stream. */
  #attempt(send: () => void): void {
    try {
      send();
    } catch (error) {
      this.parts.surroundings.log.host("error", "", `cannot be sent: ${(error as Error).message}`);
      this.#chain.reset("cannot_be_sent");
    }
  }

  #awaitResponse(): void {
    const expired = () => this.#reply(504, "upstream request timeout", "response_timeout");
    this.#routeTimer = setTimeout(expired, routeTimeoutMs);
  }

  #upstreamFailed(reason: ResetReason): void {
    const text = `upstream connect error or disconnect/reset before headers. reset reason: ${reason}`;
    const details = `upstream_reset_before_response_started{${reason}}`;
    this.#reply(reason === "protocol error" ? 502 : 503, text, details);
  }

  #reply(status: number, body: string, details: string): void {
    this.#chain.sendLocalReply({ status, body, headers: [], grpcStatus: null, details });
    this.#stopTimers();
  }

  #stopTimers(): void {
    clearTimeout(this.#idleTimer);
    if (this.#routeTimer) clearTimeout(this.#routeTimer);
  }
}

function stateOf({ surroundings, upstreamPort }: ProxyParts, client: ClientStream): StreamState {
  return new StreamState(surroundings.clock, {
    protocol: client.arrival.protocol,
    sourceAddress: client.peer.address,
    sourcePort: client.peer.port,
    destinationAddress: client.local.address,
    destinationPort: client.local.port,
    connectionId: client.connectionId,
    upstreamPort,
  });
}

/** More is held back than a filter may buffer: the sender has to wait. */
function overfull({ buffered, bufferLimit: limit }: Pass): boolean {
  return buffered !== null && buffered.length > limit;
}
