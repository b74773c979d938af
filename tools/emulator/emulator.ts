import type { LogLevel } from "../traffic/host.js";
import type { Callees } from "./callouts/callee.js";
import { Clock } from "./clock.js";
import { EmulatorError } from "./errors.js";
import type { Guest } from "./guest.js";
import { createVm, loadModule } from "./loader.js";
import { Log } from "./log.js";
import { pluginConfig, rootKey, vmKey, vmSettings, type PluginConfig } from "./plugin-config.js";
import { Plugin } from "./plugin.js";
import type { RootContext } from "./root-context.js";
import { EventLoop } from "./shared/event-loop.js";
import type { Metrics } from "./shared/metrics.js";
import { Shared } from "./shared/shared.js";
import { orRefuse, startRoot } from "./trial.js";
import type { LogLine, PluginOptions } from "./types.js";
import type { Surroundings, TimerChange, Vm } from "./vm.js";

export interface EmulatorOptions {
  /** Follows the machine's time unless given. */
  clock?: Clock;
  /** What `logs()` keeps, and what guests are told; "trace" unless given. */
  logLevel?: LogLevel;
  /** False: breaches of the ABI that Envoy shrugs at are logged instead of thrown. True unless given. */
  strict?: boolean;
  /** Where filters' own calls go; unless given there is no cluster to call. */
  callees?: Callees;
  /** Told when a plugin sets its timer. Unless given nobody ticks: call `plugin.tick()`. */
  timerChanged?: TimerChange;
}

/** An Envoy worker as far as proxy-wasm goes: loads plugins and keeps the VMs that they share. */
export class Emulator {
  readonly surroundings: Surroundings;
  readonly #log: Log;
  readonly #running = new Map<string, Vm>();

  constructor(options: EmulatorOptions = {}) {
    this.#log = new Log(options.logLevel ?? "trace");
    this.surroundings = {
      clock: options.clock ?? new Clock(),
      log: this.#log,
      shared: new Shared(),
      loop: new EventLoop(),
      strict: options.strict ?? true,
      timerChanged: options.timerChanged ?? (() => {}),
      callees: options.callees ?? (() => null),
      exercised: new Set(),
    };
  }

  get clock(): Clock {
    return this.surroundings.clock;
  }

  /** What `logs()` keeps from now on, and what guests are told. */
  set logLevel(level: LogLevel) {
    this.#log.level = level;
  }

  /** What guests and host said so far, oldest first. */
  logs(): readonly LogLine[] {
    return this.#log.lines;
  }

  /** What filters counted so far; configuring counts twice, as a trial VM does it first. */
  metrics(): Metrics {
    return this.surroundings.shared.metrics.report();
  }

  /**
   * Loads a plugin as Envoy does: a fresh VM tries the configuration first, then the running one takes it.
   * Throws a LoadError when the trial fails. When only the running VM refuses, the plugin is there and filters
   * nothing (`plugin.skipped`).
   */
  load(options: PluginOptions): Plugin {
    const settings = vmSettings(options);
    const key = vmKey(settings, options.module);
    const module = loadModule(options.module);
    const freshVm = () => createVm(module, settings, this.surroundings);
    return new Plugin(pluginConfig(options), {
      tryOut: (config) => {
        const vm = freshVm();
        vm.onTrial = true;
        orRefuse(this.#log, () => startRoot(vm, config, "base"));
      },
      incarnate: (config) => this.#incarnate(this.#runningVm(key, freshVm), config),
      surroundings: this.surroundings,
    });
  }

  /**
   * Runs a plugin on an instance that somebody else created. There is no trial VM, so a refusal throws a LoadError
   * at once. Several plugins may live in one guest; a crash of the guest before this call is forgotten.
   */
  adopt(guest: Guest, options: Omit<PluginOptions, "module"> = {}): Plugin {
    const vm = guest.adopted(this);
    vm.settings = vmSettings(options);
    return new Plugin(pluginConfig(options), {
      tryOut: () => {},
      incarnate: (config) => {
        if (vm.failure !== null) throw new EmulatorError("an adopted guest that died cannot be reloaded");
        return orRefuse(this.#log, () => startRoot(vm, config, "base"));
      },
      surroundings: this.surroundings,
    });
  }

  #runningVm(key: string, freshVm: () => Vm): Vm {
    const running = this.#running.get(key);
    if (running && running.failure === null) return running;
    const fresh = freshVm();
    this.#running.set(key, fresh);
    return fresh;
  }

  /** Null: only this VM refuses, which Envoy takes for "no filter". */
  #incarnate(vm: Vm, config: PluginConfig): RootContext | null {
    const present = vm.roots.get(rootKey(config));
    if (present) return present;
    const outcome = startRoot(vm, config, "thread-local");
    if (typeof outcome !== "string") return outcome;
    this.#log.host("error", config.name, `Wasm VM failed ${outcome}`);
    return null;
  }
}
