import { clock_advance, clock_now } from "./harness";

/** The host's clock. It begins at 2026-01-01T00:00:00Z in every spec and stands still unless it is moved. */
export class TrialClock {
  /** Nanoseconds since the Unix epoch. */
  get now(): u64 {
    return clock_now();
  }

  /** Moves time on. */
  advance(milliseconds: f64): void {
    clock_advance(milliseconds);
  }
}
