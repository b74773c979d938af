import type { LogLevel } from "../traffic/host.js";
import { logLevels } from "./abi/values.js";
import type { LogLine } from "./types.js";

type Level = LogLine["level"];

/** Everything the guests and the host said, oldest first; lines below the level are dropped. */
export class Log {
  readonly lines: LogLine[] = [];

  constructor(public level: LogLevel) {}

  /** What a filter said. */
  guest(level: Level, plugin: string, text: string): void {
    this.#add({ from: "guest", level, plugin, text });
  }

  /** What the host itself has to say, in Envoy's words where Envoy has any. */
  host(level: Level, plugin: string, text: string): void {
    this.#add({ from: "host", level, plugin, text });
  }

  #add(line: LogLine): void {
    if (logLevels.indexOf(line.level) >= logLevels.indexOf(this.level)) this.lines.push(line);
  }
}
