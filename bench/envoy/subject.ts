import type { Tree } from "../../tools/envoy/yaml.js";
import type { Response } from "./http1.js";

/** Header lines of a request. */
export type Lines = readonly (readonly [string, string])[];

/** What one listener of an Envoy is measured with. */
export interface Subject {
  /** Filters in front of the router. */
  readonly filters: readonly Tree[];
  /** Headers of the nth request that is let through. */
  headers(n: number): Lines;
  /** Asks it a few things, and tells what shows that it does not do its work. */
  problems(ask: (request: Buffer) => Promise<Response>): Promise<readonly string[]>;
}

/** Subjects by the names of their listeners. */
export type Subjects = ReadonlyMap<string, Subject>;

/** Name of the subject without a filter: what `added` is taken from. */
export const NONE = "none";
