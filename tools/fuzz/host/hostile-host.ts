import type { Header } from "../../emulator/index.js";
import type { Random } from "../../parity/random.js";
import { ProblemError } from "../finding.js";
import { bodyOf, mapOf } from "../make/messages.js";
import { argumentsOf, type Arguments } from "./arguments.js";
import { contentFor } from "./contents.js";
import { Memory } from "./memory.js";
import { shapesOf } from "./shapes.js";

/** What a run's host is like. */
export interface Temper {
  /** How likely a host function fails. */
  failing: number;
  /** How likely a list of fields lies about itself. */
  lying: number;
}

/** More host calls than any callback needs. */
const mostCalls = 100_000;
/** What one callback gets at most: a module has 16 MiB, and texts take twice their bytes. */
const mostBytes = 1.5 * 1024 * 1024;
const statuses = [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 255, 0x7fffffff, -1];
const junk = [0, 1, 8, 0xffff, 0x7fffffff, 0xfffffff8, 0xffffffff];

/** A host that keeps to the ABI as far as memory goes, and to nothing else. It finds what the guest does wrong. */
export class HostileHost {
  readonly memory = new Memory();
  readonly logs: string[] = [];
  configuration: Uint8Array = Buffer.alloc(0);
  now = 1_700_000_000_000_000_000n;
  #maps: (readonly Header[] | undefined)[] = [];
  #body: Buffer | undefined;
  #calls = 0;
  #given = 0;

  constructor(
    public random: Random,
    readonly temper: Temper,
    readonly words: readonly string[],
    readonly rootId: string,
  ) {}

  /** A map by the ABI's number, made up when it is first asked for. */
  map(type: number): readonly Header[] {
    return (this.#maps[type] ??= mapOf(this.random, type, this.words));
  }

  get body(): Buffer {
    return (this.#body ??= bodyOf(this.random, this.words));
  }

  /** Other messages from now on. */
  refresh(): void {
    this.#maps = [];
    this.#body = undefined;
  }

  /** Forgets what an earlier callback was given. */
  beginCallback(): void {
    this.#calls = 0;
    this.#given = 0;
  }

  importsFor(module: WebAssembly.Module): WebAssembly.Imports {
    const imports: WebAssembly.Imports = {};
    for (const { module: space, name } of WebAssembly.Module.imports(module)) {
      (imports[space] ??= {})[name] = (...args: (number | bigint)[]) => this.#call(name, args.map(Number));
    }
    return imports;
  }

  #call(name: string, args: number[]): number {
    if (++this.#calls > mostCalls) throw new ProblemError("hang", `${mostCalls} host calls in one callback`);
    const shapes = shapesOf(name);
    const read = shapes && argumentsOf(name, shapes, args, this.memory);
    if (name === "proxy_log") this.logs.push(read!.texts[0]!);
    if (this.random.chance(this.temper.failing)) return this.#fail(name, read);
    if (this.random.chance(0.02)) this.memory.allocate(0);
    return read === null ? 0 : this.#answer(name, read);
  }

  /** A status that is not OK; what stands in the targets then means nothing. */
  #fail(name: string, read: Arguments | null): number {
    if (read && this.random.chance(0.5)) {
      for (const [pointer, size] of read.gives) {
        this.memory.number(pointer, this.random.pick(junk), name);
        this.memory.number(size, this.random.pick(junk), name);
      }
      for (const out of read.outs) this.memory.number(out, this.random.pick(junk), name);
    }
    return this.random.pick(statuses);
  }

  #answer(name: string, read: Arguments): number {
    const content = read.gives.length > 0 ? contentFor(this, name, read) : "";
    if (content === null) return 1;
    for (const out of read.outs) this.memory.number(out, this.#numberFor(name), name);
    for (const out of read.wideOuts) this.memory.wide(out, this.#wide(name), name);
    for (const [pointer, size] of read.gives) this.#give(name, content, pointer, size);
    this.#write(name, read);
    return 0;
  }

  #numberFor(name: string): number {
    if (name === "environ_sizes_get") return 0;
    return this.random.chance(0.7) ? this.random.below(7) : this.random.pick(junk);
  }

  #wide(name: string): bigint {
    return /time/.test(name) ? this.now : BigInt(this.random.pick(junk));
  }

  /** Envoy leaves targets as they are where a buffer has nothing to hand over. */
  #give(name: string, content: string, pointerTarget: number, sizeTarget: number): void {
    if (content === "" && name === "proxy_get_buffer_bytes" && this.random.chance(0.5)) return;
    const bytes = Buffer.from(content, "latin1");
    const isTooMuch = name !== "proxy_get_buffer_bytes" && this.#given + bytes.length > mostBytes;
    const shown = isTooMuch ? bytes.subarray(0, 0) : bytes;
    this.#given += shown.length;
    this.memory.number(pointerTarget, shown.length === 0 ? 0 : this.memory.place(shown, name), name);
    this.memory.number(sizeTarget, shown.length, name);
  }

  #write(name: string, { numbers, texts, lists }: Arguments): void {
    const type = numbers[0]!;
    const without = () => this.map(type).filter(([field]) => field.toLowerCase() !== texts[0]);
    if (name === "proxy_add_header_map_value") this.#maps[type] = [...this.map(type), [texts[0]!, texts[1]!]];
    if (name === "proxy_replace_header_map_value") this.#maps[type] = [...without(), [texts[0]!, texts[1]!]];
    if (name === "proxy_remove_header_map_value") this.#maps[type] = without();
    if (name === "proxy_set_header_map_pairs") this.#maps[type] = lists[0]!;
  }
}
