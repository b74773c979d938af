import { callbackSignatures, signature } from "../../emulator/abi/signatures.js";
import type { Header } from "../../emulator/index.js";
import type { Random } from "../../parity/random.js";
import { ProblemError } from "../finding.js";
import type { Loaded } from "../run.js";
import { HostileHost, type Temper } from "./hostile-host.js";

const limits: [callback: RegExp, last: number][] = [
  [/_headers$/, 4],
  [/_(body|data)$/, 3],
  [/^proxy_on_(request|response|new|vm|configure|done)/, 1],
];

/** A filter in the hands of a hostile host. */
export class Guest {
  readonly host: HostileHost;
  /** Contexts of streams that are open. */
  readonly streams: number[] = [];
  root = 1;
  readonly #exports: WebAssembly.Exports;
  readonly #met = new Set<number>();
  #nextId = 2;

  constructor(
    readonly loaded: Loaded,
    random: Random,
    temper: Temper,
    words: readonly string[],
  ) {
    this.host = new HostileHost(random, temper, words, loaded.subject.rootId);
    const instance = new WebAssembly.Instance(loaded.module, this.host.importsFor(loaded.module));
    this.#exports = this.host.memory.exports = instance.exports;
  }

  /** `properly`: as a host should; else streams begin before there is a plugin. */
  start(configuration: Buffer, properly: boolean): void {
    this.#enter("_initialize", []);
    if (!properly) return;
    this.call("proxy_on_context_create", [this.root, 0]);
    this.call("proxy_on_vm_start", [this.root, 0]);
    this.configure(configuration);
  }

  configure(configuration: Buffer): void {
    this.host.configuration = configuration;
    this.loaded.watch.configured(configuration);
    this.call("proxy_on_configure", [this.root, configuration.length]);
  }

  /** The plugin goes, and another one takes its place. */
  removePlugin(): void {
    this.call("proxy_on_done", [this.root]);
    this.call("proxy_on_delete", [this.root]);
    this.root = this.#nextId++;
    this.call("proxy_on_context_create", [this.root, 0]);
    this.call("proxy_on_configure", [this.root, this.host.configuration.length]);
  }

  open(parent: number): void {
    this.streams.push(this.#nextId);
    this.call("proxy_on_context_create", [this.#nextId++, parent]);
  }

  end(index: number): void {
    const [id] = this.streams.splice(index, 1);
    for (const name of ["proxy_on_done", "proxy_on_log", "proxy_on_delete"]) this.call(name, [id!]);
  }

  tick(milliseconds: number): void {
    this.host.now += BigInt(milliseconds) * 1_000_000n;
    this.call("proxy_on_tick", [this.root]);
  }

  /** Makes a callback, if the module has it. */
  call(name: string, args: readonly number[]): void {
    if (this.#exports[name] === undefined) return;
    const request = name === "proxy_on_request_headers" ? this.host.map(0) : [];
    const result = this.#enter(name, args.slice(0, signature(callbackSignatures[name]!).params.length));
    const last = limits.find(([pattern]) => pattern.test(name))?.[1];
    if (result !== undefined && last !== undefined && result > last)
      throw new ProblemError("abi", `${name} returned ${result}`);
    if (name === "proxy_on_request_headers") this.#judge(args[0]!, result, request);
  }

  /** A host shows each request once. */
  #judge(id: number, result: number | undefined, request: readonly Header[]): void {
    if (result === 0 && !this.#met.has(id)) this.loaded.watch.passed(request, false, `context ${id}`);
    this.#met.add(id);
  }

  #enter(name: string, args: readonly number[]): number | undefined {
    this.host.beginCallback();
    const before = this.host.logs.length;
    try {
      const result = (this.#exports[name] as (...args: number[]) => number | undefined)(...args);
      return result === undefined ? undefined : result >>> 0;
    } catch (error) {
      if (error instanceof ProblemError) throw new ProblemError(error.kind, `${name}: ${error.details}`);
      const said = this.host.logs.slice(before).find((line) => line.startsWith("abort: "));
      throw new ProblemError("trap", `${name}(${args.join(", ")}): ${said ?? describe(error)}`);
    }
  }
}

/** The error and where in the module it came from. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const frames = (error.stack ?? "").split("\n").filter((line) => line.includes("wasm"));
  const names = frames.slice(0, 4).map((line) => line.trim().replace(/ \(wasm:.*/, ""));
  return [error.message, ...names].join(" ");
}
