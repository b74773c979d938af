/** The host's time of day. Stands still at a given instant unless it follows the machine's. */
export class Clock {
  #offsetNs = 0n;
  readonly #base: () => bigint;

  /** `start`: milliseconds since 1970 at which the clock stands; absent: it follows the machine's. */
  constructor(start?: number) {
    const fixed = start === undefined ? undefined : BigInt(start) * 1_000_000n;
    this.#base = fixed === undefined ? machineTime : () => fixed;
  }

  /** Nanoseconds since 1970. */
  now(): bigint {
    return this.#base() + this.#offsetNs;
  }

  /** Moves time on. */
  advance(milliseconds: number): void {
    this.#offsetNs += BigInt(Math.round(milliseconds * 1e6));
  }
}

function machineTime(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}
