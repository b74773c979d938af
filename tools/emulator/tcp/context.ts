import { BufferType, MapType, Status, StreamType } from "../abi/values.js";
import type { Context, GuestBuffer } from "../context.js";
import type { ByteBuffer } from "../http/byte-buffer.js";
import type { HeaderMap } from "../http/header-map.js";
import { breach } from "../host-functions/call.js";
import type { PluginConfig } from "../plugin-config.js";
import type { FilterState } from "../properties/filter-state.js";
import type { PropertyTree } from "../properties/tree.js";
import type { RootContext } from "../root-context.js";
import type { StreamState } from "../stream-state.js";
import type { Vm } from "../vm.js";
import type { TcpChain } from "./chain.js";
import type { Closer, TcpFilter, Verdict } from "./filter.js";
import { connectionProperties } from "./properties.js";

/** As the ABI numbers who closed a connection. */
const peers = { unknown: 0, local: 1, remote: 2 };

/** A plugin's filter on one connection. */
export class ConnectionContext implements Context, TcpFilter {
  readonly logging = false;
  readonly id: number;
  chain!: TcpChain;
  #created = false;
  #client: ByteBuffer | null = null;
  #upstream: ByteBuffer | null = null;

  /** `ended` is called once the connection is over. */
  constructor(
    readonly root: RootContext,
    private readonly plugin: PluginConfig,
    private readonly state: StreamState,
    private readonly ended: () => void,
  ) {
    this.id = root.vm.nextContextId();
  }

  get vm(): Vm {
    return this.root.vm;
  }

  get pluginName(): string {
    return this.plugin.name;
  }

  connected(): Verdict {
    this.#created = true;
    this.vm.contexts.set(this.id, this);
    this.#tell("proxy_on_context_create", this.root.id);
    return this.#ask("proxy_on_new_connection");
  }

  downstream(data: ByteBuffer, end: boolean): Verdict {
    this.#client = data;
    const verdict = this.#ask("proxy_on_downstream_data", data.length, Number(end));
    if (verdict === "continue") this.#client = null;
    return verdict;
  }

  upstream(data: ByteBuffer, end: boolean): Verdict {
    this.#upstream = data;
    const verdict = this.#ask("proxy_on_upstream_data", data.length, Number(end));
    if (verdict === "continue") this.#upstream = null;
    // Envoy hears of the upstream's connection by its end only, and cannot tell who closed it.
    if (end && !this.chain.closedBy) this.#tell("proxy_on_upstream_connection_close", peers.unknown);
    return verdict;
  }

  closed(by: Closer): void {
    if (this.#created) {
      this.#tell("proxy_on_downstream_connection_close", peers[by]);
      for (const name of ["proxy_on_done", "proxy_on_log", "proxy_on_delete"]) this.#tell(name);
      this.vm.contexts.delete(this.id);
    }
    this.ended();
  }

  /** Those of calls; a connection has none of its own. */
  headerMap(type: number, use: "read" | "write"): HeaderMap | null {
    return type > MapType.ResponseTrailers ? this.root.headerMap(type, use) : null;
  }

  /** Out of its turn the guest finds an empty buffer that it cannot write. */
  buffer(type: number): GuestBuffer | null {
    const own = type === BufferType.DownstreamData ? this.#client : this.#upstream;
    const data = type === BufferType.DownstreamData || type === BufferType.UpstreamData;
    if (data && own) return { writable: own };
    const http = type === BufferType.RequestBody || type === BufferType.ResponseBody;
    if (data || http || type === BufferType.CallData) return { readable: new Uint8Array() };
    return this.root.buffer(type);
  }

  properties(): PropertyTree {
    return connectionProperties(this.root, this.state);
  }

  get filterState(): FilterState {
    return this.state.filterState;
  }

  /** There is no message that a reply could take the place of. */
  sendLocalReply(): void {}

  continueStream(type: number): number {
    if (type === StreamType.Upstream) return Status.Unimplemented;
    if (type === StreamType.Downstream) this.vm.afterCall(() => this.chain.resume(this));
    return Status.Ok;
  }

  /** Either side: the other one ends with it. */
  closeStream(type: number): number {
    const own = type === StreamType.Downstream || type === StreamType.Upstream;
    if (own) this.vm.afterCall(() => this.chain.close("local"));
    return Status.Ok;
  }

  /** A dead VM cannot judge: the connection ends, whatever the failure policy. */
  #ask(name: string, ...args: number[]): Verdict {
    const answer = this.vm.failure === null ? this.vm.call(this, name, this.id, ...args) : undefined;
    this.vm.settle();
    if (this.vm.failure !== null) {
      this.chain.close("local");
      return "stop";
    }
    if ((answer ?? 0) > 1)
      breach(this.vm, `${name}, context ${this.id}: returned ${answer}, which is no action`);
    return answer ? "stop" : "continue";
  }

  #tell(name: string, ...args: number[]): void {
    this.vm.call(this, name, this.id, ...args);
    this.vm.settle();
  }
}
