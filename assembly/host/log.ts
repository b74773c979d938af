import { proxy_get_log_level, proxy_log } from "../abi/env";
import { mark, release, take } from "../abi/arena";
import { OUT } from "../abi/out";
import { encode, encodedLimit } from "../abi/text";

/** Levels of the host's log, least urgent first. */
export enum Level {
  Trace = 0,
  Debug = 1,
  Info = 2,
  Warn = 3,
  Error = 4,
  Critical = 5,
}

// Asked for at the first line and whenever a line is written anyway: a line of a disabled level costs no host call.
let lowest: i32 = 0;
/** Whether it was ever asked for: never in a module that logs nothing. */
let asked: bool = false;

/** Whether lines of this level are written. Ask before you put together a text that costs something. */
export function enabled(level: Level): bool {
  if (!asked) refreshLevel();
  asked = true;
  return <i32>level >= lowest;
}

/** Writes a line if its level is enabled. Never log a secret, a token or a whole header map. */
export function write(level: Level, text: string): void {
  if (!enabled(level)) return;
  const before = mark();
  const at = take(encodedLimit(text));
  proxy_log(level, at, encode(text, at) - at);
  release(before);
  refreshLevel();
}

export function trace(text: string): void {
  write(Level.Trace, text);
}

export function debug(text: string): void {
  write(Level.Debug, text);
}

export function info(text: string): void {
  write(Level.Info, text);
}

export function warn(text: string): void {
  write(Level.Warn, text);
}

export function error(text: string): void {
  write(Level.Error, text);
}

export function critical(text: string): void {
  write(Level.Critical, text);
}

/** Takes over the host's level where it was asked for before. */
export function refreshKnownLevel(): void {
  if (asked) refreshLevel();
}

/** Takes over the host's level, for when it changed while the module runs. */
export function refreshLevel(): void {
  // Hosts that lack the look-up get modules built without it: they write each line and leave the choice to the host.
  if (isDefined(MESHSCRIPT_NO_LOG_LEVEL)) lowest = 0;
  else lowest = proxy_get_log_level(OUT) == 0 ? load<i32>(OUT) : 0;
}
