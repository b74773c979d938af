import { EmulatorError } from "./errors.js";
import { configurationBytes } from "./bytes.js";
import type { PluginConfig } from "./plugin-config.js";
import type { RootContext } from "./root-context.js";
import { StreamContext } from "./stream-context.js";
import type { StreamState } from "./stream-state.js";
import { Stream } from "./stream.js";
import { Connection, type ConnectionInfo } from "./tcp/connection.js";
import type { StreamInfo } from "./types.js";
import type { Surroundings } from "./vm.js";

/** What a plugin needs of the emulator that loaded it. */
export interface PluginHome {
  /** Has a fresh VM judge a configuration; throws a LoadError. */
  tryOut(config: PluginConfig): void;
  /** The root context in the running VM; null: refused there, so the filter is skipped. */
  incarnate(config: PluginConfig): RootContext | null;
  readonly surroundings: Surroundings;
}

/** A root context in use: it goes when it is replaced and its last stream has ended. */
interface Incarnation {
  root: RootContext;
  streams: number;
  replaced: boolean;
}

/** A loaded plugin. Get one from `Emulator.load` or `Emulator.adopt`. */
export class Plugin {
  #config: PluginConfig;
  #incarnation: Incarnation | null;
  #loadedAt: bigint;
  #closed = false;

  constructor(
    config: PluginConfig,
    private readonly home: PluginHome,
  ) {
    home.tryOut(config);
    this.#config = config;
    this.#incarnation = incarnation(home.incarnate(config));
    this.#loadedAt = home.surroundings.clock.now();
  }

  get name(): string {
    return this.#config.name;
  }

  /** The running VM refused the plugin although a fresh one had accepted it: traffic passes unfiltered, as in Envoy. */
  get skipped(): boolean {
    return this.#incarnation === null;
  }

  /** Pages of linear memory (64 KiB each) in use by the plugin's VM: must not grow under repeated requests. */
  memoryPages(): number {
    return this.#living().vm.memory.pages();
  }

  /** How many buffers the host has had the VM's allocator make so far. */
  allocations(): number {
    return this.#living().vm.allocations;
  }

  /** Why the plugin's VM is dead, or null. */
  get failure(): string | null {
    return this.#incarnation?.root.vm.failure ?? null;
  }

  /** Opens a stream that only this plugin filters; the test plays client and upstream. */
  open(info: StreamInfo = {}): Stream {
    return new Stream([this], this.home.surroundings, info);
  }

  /** Opens a TCP connection that only this plugin filters; the test plays client and upstream. */
  connect(info: ConnectionInfo = {}): Connection {
    return new Connection([this], this.home.surroundings, info);
  }

  /** The timer fires. */
  tick(): void {
    const root = this.#living();
    this.home.surroundings.loop.run(() => root.tick());
  }

  /** Calls the plugin as an extension of the host would, beside the ABI: `proxy_on_foreign_function`. */
  callForeign(id: number, argument: Uint8Array = new Uint8Array()): void {
    const root = this.#living();
    this.home.surroundings.loop.run(() => root.foreignCall(id, argument));
  }

  /** Milliseconds between ticks as the plugin asked for; 0: none. */
  get tickPeriodMs(): number {
    return this.#living().tickPeriodMs;
  }

  /**
   * A configuration-only update: new streams get a new root context in the same VM, open ones keep theirs.
   * Throws a LoadError when a fresh VM refuses; the old configuration stays then.
   */
  reconfigure(configuration: string | Uint8Array): void {
    const config = { ...this.#config, configuration: configurationBytes(configuration) };
    this.home.tryOut(config);
    const old = this.#incarnation;
    this.#config = config;
    this.#incarnation = incarnation(this.home.incarnate(config));
    this.#loadedAt = this.home.surroundings.clock.now();
    if (old) retire(old);
  }

  /** The plugin is removed: its root context ends with its last stream. */
  close(): void {
    if (this.#closed) throw new EmulatorError(`plugin ${this.name}: closed twice`);
    this.#closed = true;
    if (this.#incarnation) retire(this.#incarnation);
  }

  /** For chains: the plugin's filter on a stream; null: the stream goes without it. `ended` belongs at its end. */
  filter(state: StreamState): { context: StreamContext; ended: () => void } | null {
    const place = this.takePart();
    return place && { context: new StreamContext(place.root, place.config, state), ended: place.ended };
  }

  /** For chains of either kind: the plugin as it filters one stream or connection; null: that goes without it. */
  takePart(): { root: RootContext; config: PluginConfig; ended: () => void } | null {
    if (this.#closed) throw new EmulatorError(`plugin ${this.name}: a stream after the plugin was closed`);
    this.#reload();
    const { failurePolicy } = this.#config;
    const chosen = this.#incarnation;
    if (!chosen || (this.failure !== null && failurePolicy === "FAIL_OPEN")) return null;
    chosen.streams++;
    const ended = () => {
      chosen.streams--;
      if (chosen.replaced) end(chosen);
    };
    return { root: chosen.root, config: this.#config, ended };
  }

  /** FAIL_RELOAD: a dead VM is replaced at the next stream, unless the last load was too short a time ago. */
  #reload(): void {
    const { failurePolicy, reloadBackoffMs } = this.#config;
    if (this.failure === null || failurePolicy !== "FAIL_RELOAD") return;
    const next = this.#loadedAt + BigInt(Math.round(reloadBackoffMs * 1e6));
    if (this.home.surroundings.clock.now() < next) return;
    this.#loadedAt = this.home.surroundings.clock.now();
    this.#incarnation = incarnation(this.home.incarnate(this.#config)) ?? this.#incarnation;
  }

  #living(): RootContext {
    if (!this.#incarnation) throw new EmulatorError(`plugin ${this.name}: skipped, so there is no VM of it`);
    return this.#incarnation.root;
  }
}

function incarnation(root: RootContext | null): Incarnation | null {
  return root && { root: root.hold(), streams: 0, replaced: false };
}

function retire(old: Incarnation): void {
  old.replaced = true;
  end(old);
}

function end({ root, streams }: Incarnation): void {
  if (streams === 0) root.release();
}
