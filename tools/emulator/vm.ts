import { EmulatorError } from "./errors.js";
import type { Callees } from "./callouts/callee.js";
import { Tokens } from "./callouts/tokens.js";
import type { Clock } from "./clock.js";
import type { Context } from "./context.js";
import { GuestMemory } from "./guest-memory.js";
import type { Log } from "./log.js";
import { RootContext } from "./root-context.js";
import type { EventLoop } from "./shared/event-loop.js";
import { MetricHandles } from "./shared/metric-handles.js";
import type { Shared } from "./shared/shared.js";

/** What all VMs of an emulator have in common. */
export interface Surroundings {
  readonly clock: Clock;
  readonly log: Log;
  readonly shared: Shared;
  /** Belongs around whatever reaches the guests from outside. */
  readonly loop: EventLoop;
  /** Throws an EmulatorError where Envoy would only shrug. */
  readonly strict: boolean;
  readonly timerChanged: TimerChange;
  /** Where filters' own calls go. */
  readonly callees: Callees;
  /** Host functions that did what they were asked for, and callbacks that ran, by name. */
  readonly exercised: Set<string>;
}

/** Called when a plugin sets its timer; 0 milliseconds stop it. */
export type TimerChange = (root: RootContext) => void;

export interface VmSettings {
  vmId: string;
  vmConfiguration: Uint8Array;
  environment: Readonly<Record<string, string>>;
  /** Null: no restriction. */
  allowedCapabilities: ReadonlySet<string> | null;
}

/** What the guest may call: nothing but a few harmless functions before its contexts exist. */
export type VmPhase = "linking" | "initializing" | "running";

export type GuestExports = Readonly<Record<string, unknown>>;

/** One instance of a module with the contexts that live in it. */
export class Vm {
  readonly contexts = new Map<number, Context>();
  /** Plugins that live here, by their keys. */
  readonly roots = new Map<string, RootContext>();
  /** Stands for the VM itself wherever no plugin is at work. */
  readonly own: Context;
  readonly metrics: MetricHandles;
  readonly tokens = new Tokens();
  memory = new GuestMemory(undefined);
  phase: VmPhase = "linking";
  /** It only judges a configuration, so nobody sends it messages. */
  onTrial = false;
  /** Why the VM is dead; null while it lives. A dead VM is never called again. */
  failure: string | null = null;
  /** Buffers that the host had the guest allocate. */
  allocations = 0;
  current: Context | null = null;
  effective = 0;
  /** A local reply was sent: whatever the callback returns, iteration stops. */
  stopIteration = false;
  /** A rule that a host call found broken; thrown once the guest has been left. */
  violation: EmulatorError | null = null;
  #exports: GuestExports = {};
  #nextId = 1;
  readonly #afterCall: (() => void)[] = [];

  constructor(
    readonly surroundings: Surroundings,
    public settings: VmSettings,
  ) {
    this.own = new RootContext(this, 0, null);
    this.metrics = new MetricHandles(surroundings.shared.metrics);
  }

  /** `imported`: the memory, where the module does not export it. */
  attach(exports: GuestExports, imported?: WebAssembly.Memory): void {
    this.#exports = exports;
    const exported = Object.values(exports).find((value) => value instanceof WebAssembly.Memory);
    this.memory = new GuestMemory(exported ?? imported);
  }

  get attached(): boolean {
    return Object.keys(this.#exports).length > 0;
  }

  nextContextId(): number {
    return this.#nextId++;
  }

  /** The context that host calls act on: a deleted effective context is as good as none. */
  activeContext(): Context {
    const chosen = this.effective === 0 ? undefined : this.contexts.get(this.effective);
    return chosen ?? this.current ?? this.own;
  }

  allows(capability: string): boolean {
    return this.settings.allowedCapabilities?.has(capability) ?? true;
  }

  /** Whether the module exports the callback and the capability list lets the host call it. */
  hasCallback(name: string): boolean {
    return typeof this.#exports[name] === "function" && this.allows(name);
  }

  /** Calls a callback on behalf of a context. Undefined where there is none or where it trapped. */
  call(context: Context, name: string, ...args: number[]): number | undefined {
    if (this.failure !== null || !this.hasCallback(name)) return undefined;
    return this.enter(context, name, args);
  }

  /** Calls an export whatever the capability list says. */
  enter(context: Context, name: string, args: number[]): number | undefined {
    const outer = { current: this.current, effective: this.effective };
    this.current = context;
    this.effective = 0;
    this.surroundings.exercised.add(name);
    try {
      return (this.#exports[name] as GuestFunction)(...args);
    } catch (error) {
      if (!this.violation) this.fail(`Function: ${name} failed: Uncaught ${describe(error)}`);
      return undefined;
    } finally {
      this.current = outer.current;
      this.effective = outer.effective;
      this.#raise(name, context);
    }
  }

  hasExport(name: string): boolean {
    return typeof this.#exports[name] === "function";
  }

  /** Put off until the callback that is under way has returned. */
  afterCall(action: () => void): void {
    this.#afterCall.push(action);
  }

  /** Runs what was put off. Belongs behind each callback. */
  settle(): void {
    this.stopIteration = false;
    for (let action = this.#afterCall.shift(); action; action = this.#afterCall.shift()) action();
    if (this.current === null) this.surroundings.loop.settle();
  }

  /** Has the guest allocate; null where it returns nothing. */
  allocate(size: number): number | null {
    const name = this.hasExport("malloc") ? "malloc" : "proxy_on_memory_allocate";
    this.allocations++;
    this.surroundings.exercised.add(name);
    const pointer = (this.#exports[name] as GuestFunction)(size) ?? 0;
    return pointer === 0 ? null : pointer >>> 0;
  }

  fail(reason: string): void {
    this.failure = reason;
    this.surroundings.log.host("error", "", reason);
  }

  /** A broken rule gets past a guest that catches what host calls throw. */
  #raise(name: string, context: Context): void {
    if (!this.violation) return;
    const { message } = this.violation;
    this.violation = null;
    throw new EmulatorError(`${name}, context ${context.id}: ${message}`);
  }
}

type GuestFunction = (...args: number[]) => number | undefined;

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
