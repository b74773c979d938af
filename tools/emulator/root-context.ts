import { BufferType, Status } from "./abi/values.js";
import type { Context, GuestBuffer } from "./context.js";
import { rootKey, type PluginConfig } from "./plugin-config.js";
import { pluginProperties } from "./properties/plugin.js";
import type { PropertyTree } from "./properties/tree.js";
import type { Vm } from "./vm.js";

/** A plugin inside a VM; id 0 without a plugin is the VM itself. */
export class RootContext implements Context {
  readonly root = this;
  /** 0: no timer. */
  tickPeriodMs = 0;
  /** Waits for `proxy_done` after `proxy_on_done` asked for time. */
  pendingDone = false;
  /** Plugins that use it: equal ones share one. */
  #holders = 0;
  #configuring = false;

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
    const size = this.plugin!.configuration.length;
    const answer = this.vm.call(this, "proxy_on_configure", this.id, size);
    this.#configuring = false;
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
    this.vm.contexts.delete(this.id);
  }

  headerMap(): null {
    return null;
  }

  buffer(type: number): GuestBuffer | null {
    if (type === BufferType.VmConfiguration) return { readable: this.vm.settings.vmConfiguration };
    if (type !== BufferType.PluginConfiguration || !this.#configuring) return null;
    return { readable: this.plugin!.configuration };
  }

  properties(): PropertyTree {
    return pluginProperties(this);
  }

  setProperty(): void {}

  sendLocalReply(): void {}

  continueStream(): number {
    return Status.Ok;
  }

  closeStream(): number {
    return Status.Ok;
  }
}
