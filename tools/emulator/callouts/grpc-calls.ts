import { MapType, Status } from "../abi/values.js";
import type { HeaderMap } from "../http/header-map.js";
import type { Upstream } from "../proxy/upstream.js";
import type { RootContext } from "../root-context.js";
import type { GrpcEnd } from "./grpc-end.js";
import { GrpcExchange, type GrpcEvents } from "./grpc-exchange.js";
import type { GrpcRequest } from "./grpc-request.js";
import { GrpcStatus } from "./grpc-status.js";
import type { Teller } from "./teller.js";
import { CallKind, kindOf } from "./tokens.js";

/** A plugin's calls and streams of gRPC. */
export class GrpcCalls {
  readonly #open = new Map<number, GrpcExchange>();

  constructor(
    private readonly root: RootContext,
    private readonly teller: Teller,
  ) {}

  /** proxy_grpc_call: one message each way. */
  call(callee: Upstream, request: GrpcRequest, message: Uint8Array): number {
    const token = this.root.vm.tokens.next(CallKind.GrpcCall);
    this.#begin(token, callee, request, this.#callEvents(token)).send(message, true);
    return token;
  }

  /** proxy_grpc_stream: nothing is sent yet but the request's headers. */
  stream(callee: Upstream, request: GrpcRequest): number {
    const token = this.root.vm.tokens.next(CallKind.GrpcStream);
    this.#begin(token, callee, request, this.#streamEvents(token));
    return token;
  }

  /** Envoy has counted a call before it finds no such cluster, and closes what the guest does not know of. */
  lost(kind: number): void {
    const token = this.root.vm.tokens.next(kind);
    const end = { status: GrpcStatus.Unavailable, text: "Cluster not available" };
    if (kind === CallKind.GrpcCall) this.teller.later(() => this.#tellClosed(token, end));
  }

  send(token: number, message: Uint8Array, end: boolean): number {
    if (kindOf(token) !== CallKind.GrpcStream) return Status.BadArgument;
    return this.#withOpen(token, (exchange) => exchange.send(message, end));
  }

  close(token: number): number {
    if (kindOf(token) !== CallKind.GrpcStream) return this.cancel(token);
    return this.#withOpen(token, (exchange) => exchange.close());
  }

  /** Nothing more is told of it. */
  cancel(token: number): number {
    const kind = kindOf(token);
    if (kind !== CallKind.GrpcCall && kind !== CallKind.GrpcStream) return Status.BadArgument;
    return this.#withOpen(token, (exchange) => {
      this.#open.delete(token);
      exchange.cancel();
    });
  }

  cancelAll(): void {
    for (const exchange of this.#open.values()) exchange.cancel();
    this.#open.clear();
  }

  #withOpen(token: number, act: (exchange: GrpcExchange) => void): number {
    const exchange = this.#open.get(token);
    if (!exchange) return Status.NotFound;
    act(exchange);
    return Status.Ok;
  }

  #begin(token: number, callee: Upstream, request: GrpcRequest, events: GrpcEvents): GrpcExchange {
    const exchange = new GrpcExchange(callee, request, this.root.vm.surroundings.clock, events);
    this.#open.set(token, exchange);
    return exchange;
  }

  /** Of a call only its end is told: the last message where all went well, else the status. */
  #callEvents(token: number): GrpcEvents {
    let message: Uint8Array | null = null;
    return {
      initialMetadata() {},
      message: (bytes) => (message = bytes),
      trailingMetadata() {},
      closed: (end) => {
        if (end.status !== 0) this.#closed(token, end);
        else if (message === null) this.#closed(token, { status: GrpcStatus.Internal, text: "" });
        else this.#message(token, message, () => this.#open.delete(token));
      },
    };
  }

  #streamEvents(token: number): GrpcEvents {
    const metadata = (callback: string, type: number) => (map: HeaderMap) =>
      this.#later(token, () => this.teller.tell(callback, { maps: { [type]: map } }, token, map.size));
    return {
      initialMetadata: metadata("proxy_on_grpc_receive_initial_metadata", MapType.GrpcInitialMetadata),
      message: (bytes) => this.#message(token, bytes, () => {}),
      trailingMetadata: metadata("proxy_on_grpc_receive_trailing_metadata", MapType.GrpcTrailingMetadata),
      closed: (end) => this.#closed(token, end),
    };
  }

  #message(token: number, message: Uint8Array, after: () => void): void {
    this.#later(token, () => {
      this.teller.tell("proxy_on_grpc_receive", { message }, token, message.length);
      after();
    });
  }

  #closed(token: number, end: GrpcEnd): void {
    this.#later(token, () => {
      this.#tellClosed(token, end);
      this.#open.delete(token);
    });
  }

  #tellClosed(token: number, { status, text }: GrpcEnd): void {
    this.teller.tell("proxy_on_grpc_close", { status, statusText: text }, token, status);
  }

  /** Unless the guest has cancelled it by then. */
  #later(token: number, event: () => void): void {
    this.teller.later(() => {
      if (this.#open.has(token)) event();
    });
  }
}
