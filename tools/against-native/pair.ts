import type { Tree } from "../envoy/yaml.js";
import type { Random } from "../parity/random.js";
import type { Line, Protocol, Request } from "../traffic/wire/message.js";

/** A filter of ours, Envoy's own for the same purpose, and what may differ between the two. */
export interface Pair {
  /** Its folder in `filters/`. */
  filter: string;
  /** Name of Envoy's filter, as its documentation has it. */
  native: string;
  variants: readonly Variant[];
  /** Headers that are compared where they reach the upstream; its path always is. */
  upstream: readonly string[];
  /** Headers of the response that are compared; its status always is. */
  client: readonly string[];
  /** Equal choices give an equal request, keys made by this process aside. */
  generate(random: Random, variant: Variant): Sent;
  /** Whether ours lets more happen than Envoy's; unless given, whether only ours lets the request reach the upstream. */
  permits?(ours: View, native: View): boolean;
  deliberate: readonly Deliberate[];
}

/** A configuration in both filters' terms. */
export interface Variant {
  name: string;
  ours: unknown;
  native: NativeFilter;
  /** Whether both listeners leave paths as they come, where they would otherwise be made normal and ambiguous ones refused. */
  bare?: boolean;
  /** `xff_num_trusted_hops` of both listeners. */
  trustedHops?: number;
}

export interface NativeFilter {
  /** Its `typed_config`. */
  filter: { [key: string]: Tree };
  /** The route's, for filters that take their policy from there. */
  perRoute?: { [key: string]: Tree };
}

/** What a client sends, and what the upstream adds to its answer. */
export interface Sent {
  protocol: Protocol;
  request: Request;
  answer: { status: number; lines: Line[] };
  /** What the generator has done, for predicates and reports. */
  notes?: readonly string[];
}

/** What was seen, aspect by aspect: `status`, `reached`, `path`, `upstream x-consumer`, `client vary`. */
export type View = Readonly<Record<string, string>>;

/** One request through both filters, which differ in some aspects. */
export interface Exchange {
  variant: Variant;
  sent: Sent;
  ours: View;
  native: View;
  differing: readonly string[];
}

/** A difference that is meant to be. */
export interface Deliberate {
  id: string;
  /** What differs, and why ours is right; a sentence or two for `docs/against-native.md`. */
  reason: string;
  /** Why nobody gets what is not his, where ours lets more happen. */
  safe?: string;
  /** The aspects that this explains in an exchange; none where it has nothing to do with it. */
  explains(exchange: Exchange): readonly string[];
}
