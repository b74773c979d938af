/** What can be wrong with a filter that is given nonsense. */
export type Kind =
  | "trap" // it trapped or aborted
  | "hang" // it did not come to an end
  | "memory" // it needs more memory for the same work
  | "abi" // it called the host with what the ABI does not allow
  | "let through" // it let a request pass that carries no credential
  | "secret logged" // a log line shows a secret of the configuration
  | "accepted"; // it took a configuration that is no JSON

/** One thing that a run found. */
export interface Problem {
  kind: Kind;
  /** What happened, and where. */
  details: string;
}

/** A problem with what it takes to see it again. */
export interface Finding extends Problem {
  filter: string;
  /** Of the run alone: `--seed` with this number and `--runs 1` plays it again. */
  seed: number;
}

/** Thrown where a run cannot go on. */
export class ProblemError extends Error implements Problem {
  constructor(
    readonly kind: Kind,
    readonly details: string,
  ) {
    super(`${kind}: ${details}`);
  }
}
