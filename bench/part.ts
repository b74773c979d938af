import type { Limit } from "./limits.js";

/** What one part of the benchmark found. */
export interface PartResult {
  readonly title: string;
  /** Markdown: tables and notes. */
  readonly text: string;
  readonly limits: readonly Limit[];
}
