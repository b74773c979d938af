/** A filter as it is fuzzed: all that a worker needs to know of it. */
export interface Subject {
  name: string;
  wasm: Uint8Array;
  rootId: string;
  kind: "http" | "tcp";
  /** Texts of configurations that the filter is made for; never empty. */
  samples: string[];
  environment: Record<string, string>;
  allowOnHeadersStopIteration: boolean;
}
