import type { Header } from "../../emulator/index.js";
import type { Callees } from "../../emulator/callouts/callee.js";
import type { Random } from "../../parity/random.js";

/** A request as it is sent. */
export interface Attempt {
  headers: Header[];
  /** Byte string. */
  body: string;
  /** Address of the client; some usual one unless given. */
  source?: string;
}

/** A request as the filter saw it, which passed. */
export interface Seen {
  /** Lines of one name may have become one. */
  headers: readonly Header[];
  body: string;
  source: string;
  /** Seconds since 1970. */
  now: number;
}

/** A filter with one configuration, and somebody else's opinion about what it may let through. */
export interface Guarding {
  configuration: unknown;
  /** A request that may pass as often as not. */
  attempt(random: Random, now: number): Attempt;
  /** False where the request certainly must not pass. Called for each one that does. */
  mayPass(seen: Seen): boolean;
  /** Whether a response may have these headers when the client gets it; any unless given. */
  mayAnswer?(seen: Seen, headers: readonly Header[]): boolean;
  /** Where the filter's own calls go. */
  callees?: Callees;
  /** Answers the calls that the request has caused. */
  answer?(): void;
}

/** Makes guardings, each from its own choices. */
export type Guard = (random: Random) => Guarding;

/** Values of all lines of a name. */
export function valuesOf(headers: readonly Header[], name: string): string[] {
  return headers.filter(([one]) => one.toLowerCase() === name).map(([, value]) => value);
}

/** The value of the only line of a name; null where there is none, or more than one. */
export function onlyOf(headers: readonly Header[], name: string): string | null {
  const values = valuesOf(headers, name);
  return values.length === 1 ? values[0]! : null;
}

/** Bytes of a byte string. */
export function bytes(text: string): Buffer {
  return Buffer.from(text, "latin1");
}
