import { BufferType, MapType, Status, StreamType } from "./abi/values.js";
import type { Context, GuestBuffer, ReplyRequest } from "./context.js";
import type { FilterChain } from "./http/chain.js";
import { breach } from "./host-functions/call.js";
import type { HttpFilter } from "./http/filter.js";
import type { HeaderMap } from "./http/header-map.js";
import type { PluginConfig } from "./plugin-config.js";
import type { FilterState } from "./properties/filter-state.js";
import { streamProperties } from "./properties/stream.js";
import type { PropertyTree } from "./properties/tree.js";
import type { RootContext } from "./root-context.js";
import { StreamHalf } from "./stream-half.js";
import type { StreamState } from "./stream-state.js";
import type { Vm } from "./vm.js";

const closeDetails = "wasm_close_stream";
const failureDetails = "wasm_fail_stream";
const highestGrpcStatus = 16;

/** A plugin's filter on one stream. */
export class StreamContext implements Context, HttpFilter {
  readonly id: number;
  readonly request: StreamHalf;
  readonly response: StreamHalf;
  /** The filter saw the request. */
  started = false;
  chain!: FilterChain;
  #ended: () => void = () => {};
  #created = false;
  /** The callback that is under way sent a reply. */
  #replying = false;
  #replied = false;
  #failed = false;
  logging = false;

  constructor(
    readonly root: RootContext,
    readonly plugin: PluginConfig,
    readonly state: StreamState,
  ) {
    this.id = root.vm.nextContextId();
    root.vm.contexts.set(this.id, this);
    this.request = new StreamHalf(this, "request");
    this.response = new StreamHalf(this, "response");
  }

  get vm(): Vm {
    return this.root.vm;
  }

  get pluginName(): string {
    return this.plugin.name;
  }

  /** Has `ended` called once the stream is over. */
  endingWith(ended: () => void): this {
    this.#ended = ended;
    return this;
  }

  /** proxy_on_context_create, once. */
  create(): void {
    if (this.#created) return;
    this.#created = true;
    this.vm.call(this, "proxy_on_context_create", this.id, this.root.id);
    this.vm.settle();
  }

  /** After the host failed the stream the guest has no more say in it. */
  get deaf(): boolean {
    return !this.started || this.#failed;
  }

  /** What a callback returns (0 where the module has none), or null where the VM is dead: the stream fails then. */
  callback(name: string, ...args: number[]): number | null {
    if (this.vm.failure === null) {
      const result = this.vm.call(this, name, this.id, ...args);
      if (this.vm.failure === null) return (result ?? 0) >>> 0;
    }
    this.#fail();
    return null;
  }

  log(): void {
    this.create();
    this.logging = true;
    this.#notify("proxy_on_log");
    this.logging = false;
  }

  destroy(): void {
    this.#notify("proxy_on_done");
    this.#notify("proxy_on_delete");
    this.vm.contexts.delete(this.id);
    this.#ended();
  }

  headerMap(type: number, use: "read" | "write"): HeaderMap | null {
    const half = { request: this.request, response: this.response };
    const final = this.logging && use === "read";
    const trailers = (one: StreamHalf) => one.trailersMap ?? (use === "write" ? one.addTrailers() : null);
    if (type === MapType.RequestHeaders) return final ? this.chain.request.map : half.request.map;
    if (type === MapType.RequestTrailers) return final ? null : trailers(half.request);
    if (type === MapType.ResponseHeaders) return final ? this.chain.response.map : half.response.map;
    if (type !== MapType.ResponseTrailers) return this.root.headerMap(type, use);
    return final ? this.chain.response.trailersMap : trailers(half.response);
  }

  buffer(type: number): GuestBuffer | null {
    if (type === BufferType.RequestBody) return this.request.body();
    if (type === BufferType.ResponseBody) return this.response.body();
    if (type === BufferType.CallData) return { readable: new Uint8Array() };
    return this.root.buffer(type);
  }

  /** A map that the filter held back stays the one that properties show, even where a local reply took its place. */
  properties(): PropertyTree {
    return streamProperties(this.root, this.state, {
      request: this.request.map ?? this.headerMap(MapType.RequestHeaders, "read"),
      response: this.response.map ?? this.headerMap(MapType.ResponseHeaders, "read"),
      responseTrailers: this.response.trailersMap ?? this.headerMap(MapType.ResponseTrailers, "read"),
      logging: this.logging,
    });
  }

  get filterState(): FilterState {
    return this.state.filterState;
  }

  sendLocalReply({ grpcStatus, ...reply }: ReplyRequest): void {
    if (this.chain.over) {
      return breach(this.vm, "proxy_send_local_response: the stream is over; Envoy would crash");
    }
    const known = grpcStatus >= 0 && grpcStatus <= highestGrpcStatus;
    if (this.#replying) return this.vm.afterCall(() => this.state.setDetails(reply.details));
    this.#replying = true;
    this.vm.afterCall(() => {
      this.#replying = false;
      this.#reply({ ...reply, grpcStatus: known ? grpcStatus : null });
    });
  }

  continueStream(type: number): number {
    if (type === StreamType.Upstream) return Status.Unimplemented;
    if (type === StreamType.Request) this.vm.afterCall(() => this.#resume("request"));
    if (type === StreamType.Response) this.vm.afterCall(() => this.#resume("response"));
    // Envoy clears the request's maps, whichever side goes on.
    this.request.forget();
    return Status.Ok;
  }

  closeStream(type: number): number {
    const http = type === StreamType.Request || type === StreamType.Response;
    if (http) this.vm.afterCall(() => this.#close(type));
    return Status.Ok;
  }

  #close(type: number): void {
    const isNews = type === StreamType.Request && !this.chain.over;
    if (isNews) this.state.setDetails(closeDetails);
    this.chain.reset(closeDetails);
  }

  #resume(side: "request" | "response"): void {
    if (this.chain[side].map) this.chain[side].entryOf(this[side]).resume();
    else breach(this.vm, `proxy_continue_stream: there is no ${side} yet; Envoy would crash`);
  }

  /** One that a later callback sends takes the place of an earlier one that the client has nothing of yet. */
  #reply(reply: Omit<ReplyRequest, "grpcStatus"> & { grpcStatus: number | null }): void {
    this.chain.sendLocalReply(reply);
    this.#replied = true;
  }

  #fail(): void {
    if (this.#failed) return;
    this.#failed = true;
    if (this.#replied) return this.state.setDetails(failureDetails);
    const unavailable = 14;
    const reply = { status: 503, body: "", headers: [], grpcStatus: unavailable, details: failureDetails };
    this.#reply(reply);
  }

  #notify(callback: string): void {
    this.vm.call(this, callback, this.id);
    this.vm.settle();
  }
}
