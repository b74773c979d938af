import { BufferType, Status, StreamType } from "./abi/values.js";
import type { Context, GuestBuffer } from "./context.js";
import { rootKey, type PluginConfig } from "./plugin-config.js";
import { RootCalls } from "./callouts/root-calls.js";
import type { HeaderMap } from "./http/header-map.js";
import { pluginProperties } from "./properties/plugin.js";
import type { PropertyTree } from "./properties/tree.js";
import type { Vm } from "./vm.js";

/** A plugin inside a VM; id 0 without a plugin is the VM itself. */
export class RootContext implements Context {
  readonly root = this;
  readonly calls = new RootCalls(this);
  readonly filterState = null;
  readonly logging = false;
  /** 0: no timer. */
  tickPeriodMs = 0;
  /** Waits for `proxy_done` after `proxy_on_done` asked for time. */
  pendingDone = false;
  /** Plugins that use it: equal ones share one. */
  #holders = 0;
  #configuring = false;
  /** What a call from outside the ABI brought along; a configuration is handed over in the same place. */
  #callData: Uint8Array | null = null;

  constructor(
    readonly vm: Vm,
    readonly id: number,
    readonly plugin: PluginConfig | null,
  ) {
    vm.contexts.set(id, this);
  }

  get pluginName(): string {
    return this.plugin?.name ?? "";
  }

  /** proxy_on_context_create, proxy_on_vm_start. False: the module refuses. */
  start(): boolean {
    this.vm.call(this, "proxy_on_context_create", this.id, 0);
    const answer = this.vm.call(this, "proxy_on_vm_start", this.id, this.vm.settings.vmConfiguration.length);
    this.vm.settle();
    return answer !== 0;
  }

  /** proxy_on_configure. False: the module refuses. */
  configure(): boolean {
    this.#configuring = true;
    this.#callData = this.plugin!.configuration;
    const size = this.plugin!.configuration.length;
    const answer = this.vm.call(this, "proxy_on_configure", this.id, size);
    this.#configuring = false;
    this.#callData = null;
    this.vm.settle();
    return answer !== 0;
  }

  setTickPeriod(milliseconds: number): void {
    this.tickPeriodMs = milliseconds;
    this.vm.surroundings.timerChanged(this);
  }

  tick(): void {
    this.vm.call(this, "proxy_on_tick", this.id);
    this.vm.settle();
  }

  /** A queue that this plugin registered got a message. */
  queueReady(token: number): void {
    if (this.vm.contexts.get(this.id) !== this) return;
    this.vm.call(this, "proxy_on_queue_ready", this.id, token);
    this.vm.settle();
  }

  /** proxy_on_foreign_function: somebody outside the ABI calls the plugin. */
  foreignCall(id: number, argument: Uint8Array): void {
    this.#callData = argument;
    this.vm.call(this, "proxy_on_foreign_function", this.id, id, argument.length);
    this.#callData = null;
    this.vm.settle();
  }

  hold(): this {
    this.#holders++;
    return this;
  }

  /** A plugin lets go; with the last one the root ends. */
  release(): void {
    this.#holders--;
    if (this.#holders === 0) this.#shutDown();
  }

  /** The plugin goes: proxy_on_done, then proxy_on_delete at once or, where the guest asks for time, on proxy_done. */
  #shutDown(): void {
    if (this.plugin) this.vm.roots.delete(rootKey(this.plugin));
    this.pendingDone = this.vm.call(this, "proxy_on_done", this.id) === 0;
    this.vm.settle();
    if (!this.pendingDone) this.#delete();
  }

  /** proxy_done. */
  done(): number {
    if (!this.pendingDone) return Status.NotFound;
    this.pendingDone = false;
    this.vm.afterCall(() => this.#delete());
    return Status.Ok;
  }

  /** proxy_on_delete, and the context is no more. */
  #delete(): void {
    this.setTickPeriod(0);
    this.vm.call(this, "proxy_on_delete", this.id);
    this.vm.settle();
    this.calls.cancelAll();
    this.vm.contexts.delete(this.id);
  }

  headerMap(type: number, use: "read" | "write"): HeaderMap | null {
    return this.calls.teller.headerMap(type, use);
  }

  buffer(type: number): GuestBuffer | null {
    if (type === BufferType.VmConfiguration) return { readable: this.vm.settings.vmConfiguration };
    if (type === BufferType.CallData && this.#callData) return { readable: this.#callData };
    if (type !== BufferType.PluginConfiguration) return this.calls.teller.buffer(type);
    if (!this.#configuring) return null;
    return { readable: this.plugin!.configuration };
  }

  properties(): PropertyTree {
    return pluginProperties(this);
  }

  sendLocalReply(): void {}

  continueStream(type: number): number {
    return type === StreamType.Upstream ? Status.Unimplemented : Status.Ok;
  }

  closeStream(): number {
    return Status.Ok;
  }
}
