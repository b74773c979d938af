import { toBytes } from "../bytes.js";
import type { FilterChain } from "../http/chain.js";
import type { Reply, Sink } from "../http/filter.js";
import { HeaderMap } from "../http/header-map.js";
import type { Pass } from "../http/pass.js";
import { openChain } from "../open-chain.js";
import type { Plugin } from "../plugin.js";
import { StreamState } from "../stream-state.js";
import type { Surroundings } from "../vm.js";
import type { ClientStream, RequestEvents } from "./client.js";
import { Deadlines } from "./deadlines.js";
import { judge, type Rejection } from "./edge.js";
import { rejectionMap } from "./reject.js";
import { flags, idleReply, lateReply, upstreamFailure } from "./replies.js";
import { filterRequest, routedRequest } from "./request-headers.js";
import { clientResponse, upstreamResponse } from "./response-headers.js";
import { unroutable } from "./routing.js";
import type { ResponseEvents, Upstream, UpstreamStream } from "./upstream.js";

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
  if (!rejection) return new Exchange(parts, client).begin(ended);
  const cut = client.arrival.protocol === "HTTP/2" && rejection.malformed !== undefined;
  if (cut) client.reset();
  else new Exchange(parts, client).reject(rejection);
  return ignored;
}

class Exchange {
  readonly #state: StreamState;
  readonly #chain: FilterChain;
  readonly #deadlines: Deadlines;
  #upstream: UpstreamStream | null = null;
  /** When the upstream had the whole request. */
  #sentAt: number | null = null;

  constructor(
    private readonly parts: ProxyParts,
    private readonly client: ClientStream,
  ) {
    this.#state = stateOf(parts, client);
    const sinks = { upstream: this.#toUpstream(), downstream: this.#toClient() };
    this.#chain = openChain(parts.plugins, this.#state, { ...sinks, bufferLimit });
    const idle = () => this.#reply(idleReply(this.#chain.request.ended));
    this.#deadlines = new Deadlines(parts.idleMs, idle, () => this.#reply(lateReply));
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
        this.#gone();
        this.parts.surroundings.loop.run(() => this.#chain.close());
        this.#deadlines.stop();
      },
    };
  }

  /** The client left before all was said. */
  #gone(): void {
    if (this.#chain.over) return;
    this.#state.flags |= flags.clientGone;
    this.#state.setDetails("downstream_remote_disconnect");
  }

  /** No filter is asked, but each is told in the end, as in Envoy. */
  reject(rejection: Rejection): void {
    const { arrival } = this.client;
    const map = rejectionMap(rejection, arrival.protocol);
    const body = rejection.malformed ?? "";
    this.client.headers(map.pairs(), body === "");
    if (body !== "") this.client.data(toBytes(body), true);
    this.#state.responseCode = rejection.status;
    this.#state.setDetails(rejection.details);
    this.#chain.request.map = new HeaderMap("request", arrival.headers);
    this.#chain.response.map = map;
    this.#chain.close();
    this.#deadlines.stop();
  }

  #responseEvents(): ResponseEvents {
    const { response } = this.#chain;
    return {
      headers: (pairs, end) => {
        if (this.#chain.localReply) return;
        const map = new HeaderMap("response", pairs);
        upstreamResponse(map, this.#sentAt && performance.now() - this.#sentAt);
        this.#state.upstreamAnswered(Number(map.get(":status")));
        this.#answered(end, () => response.receiveHeaders(map, end));
      },
      data: (bytes, end) => {
        this.#answered(end, () => response.receiveData(bytes, end));
        if (overfull(response)) this.#upstream?.pause();
      },
      trailers: (pairs) =>
        this.#answered(true, () => response.receiveTrailers(new HeaderMap("responseTrailers", pairs))),
      failed: (reason) => this.#reply(upstreamFailure(reason)),
    };
  }

  /** Once a reply took its place, what the upstream says is of no interest. */
  #answered(end: boolean, run: () => void): void {
    if (this.#chain.localReply) return;
    if (end) this.#state.upstreamEnded();
    this.#moved(run);
  }

  #toUpstream(): Sink {
    return {
      headers: (map, end) => this.#send(map, end),
      data: (chunk, end) => {
        if (this.#sentAt !== null) return;
        if (end) this.#sentAt = performance.now();
        this.#upstream?.data(chunk.take(), end);
        this.client.resume();
      },
      trailers: (map) => {
        if (this.#sentAt !== null) return;
        this.#sentAt = performance.now();
        this.#upstream?.trailers(map.pairs());
      },
      reset: () => this.#upstream?.reset(),
    };
  }

  #send(map: HeaderMap, end: boolean): void {
    const refusal = unroutable(map);
    this.#state.routed = refusal?.flag !== flags.noRoute;
    if (refusal) return this.#chain.sendLocalReply(refusal);
    routedRequest(map);
    this.#state.upstream.chosen = true;
    if (end) this.#sentAt = performance.now();
    this.#attempt(() => {
      this.#upstream = this.parts.upstream.open(map.pairs(), end, this.#responseEvents());
    });
  }

  #toClient(): Sink {
    return {
      headers: (map, end) => {
        clientResponse(map, new Date(Number(this.parts.surroundings.clock.now() / 1_000_000n)));
        if (this.client.closing) map.put("connection", "close");
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
    this.#deadlines.moved();
    this.parts.surroundings.loop.run(run);
    if (requestEnded && this.#upstream) this.#deadlines.requestSent();
    if (this.#chain.over) this.#deadlines.stop();
  }

  /** Filters may make of a message what node cannot send: the stream is cut then, and the log says why. */
  #attempt(send: () => void): void {
    try {
      send();
    } catch (error) {
      this.parts.surroundings.log.host("error", "", `cannot be sent: ${(error as Error).message}`);
      this.#chain.reset("cannot_be_sent");
    }
  }

  #reply(reply: Reply): void {
    this.parts.surroundings.loop.run(() => this.#chain.sendLocalReply(reply));
    // A filter may hold the reply back, in turn for too long.
    if (this.#chain.over) this.#deadlines.stop();
    else this.#deadlines.moved();
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
