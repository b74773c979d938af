import { LoadError } from "../../emulator/index.js";
import type { Connection, Emulator, Guest, LogLine, Plugin, StreamInfo } from "../../emulator/index.js";
import { UserError } from "../../errors.js";
import { Exchange } from "./exchange.js";
import type { Message } from "./messages.js";

const EMPTY_ANSWER: Message = { headers: [[":status", "200"]], chunks: [], trailers: [] };

/** A Trial's plugin in the emulator. */
export class PluginTrial {
  info: StreamInfo = {};
  upstream = EMPTY_ANSWER;
  /** Of the last configuration; null where it was accepted. */
  problems: readonly string[] | null = null;
  #plugin: Plugin | null = null;

  constructor(
    private readonly emulator: Emulator,
    guest: Guest,
    private readonly name: string,
    settings: {
      configuration: Uint8Array;
      rootId: string;
      environment: Record<string, string>;
      vmConfiguration: string;
    },
  ) {
    // As the generated configuration has it where a filter holds headers; specs compile the library for all that it can do.
    const options = { name, ...settings, allowOnHeadersStopIteration: true };
    this.#judge(() => void (this.#plugin = emulator.adopt(guest, options)));
  }

  reconfigure(configuration: Uint8Array): void {
    this.#judge(() => this.#filter().reconfigure(configuration));
  }

  tick(): void {
    this.#filter().tick();
  }

  callForeign(id: number, argument: Uint8Array): void {
    this.#filter().callForeign(id, argument);
  }

  get tickPeriodMs(): number {
    return this.#filter().tickPeriodMs;
  }

  remove(): void {
    this.#filter().close();
  }

  open(request: Message): Exchange {
    return new Exchange(this.#filter(), this.info, request, this.upstream);
  }

  connect(): Connection {
    return this.#filter().connect(this.info);
  }

  /** What the filter said, without what the host has to say about it. */
  logs(): LogLine[] {
    return this.emulator.logs().filter(({ from, plugin }) => from === "guest" && plugin === this.name);
  }

  #filter(): Plugin {
    if (this.#plugin) return this.#plugin;
    throw new UserError(`this Trial has no filter: ${this.problems?.join("; ") || "it was refused"}`);
  }

  #judge(configure: () => void): void {
    try {
      configure();
      this.problems = null;
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      this.problems = error.problems;
    }
  }
}
