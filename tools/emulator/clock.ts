/** The host's time of day. Stands still at a given instant unless it follows the machine's. */
export class Clock {
  #offsetNs = 0n;
  readonly #base: () => bigint;
  readonly #alarms = new Set<Alarm>();

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
    const due = [...this.#alarms].filter(({ at }) => at <= this.now());
    for (const alarm of due.sort((a, b) => Number(a.at - b.at))) this.#ring(alarm);
  }

  /**
   * Calls `action` when so much time has passed: in real time where the clock follows the machine's, else when it is moved
   * on. What is returned calls it off.
   */
  after(milliseconds: number, action: () => void): () => void {
    const alarm: Alarm = {
      at: this.now() + BigInt(Math.round(milliseconds * 1e6)),
      action,
      timer: undefined,
    };
    this.#alarms.add(alarm);
    if (this.#base === machineTime) alarm.timer = setTimeout(() => this.#ring(alarm), milliseconds).unref();
    return () => this.#callOff(alarm);
  }

  #ring(alarm: Alarm): void {
    if (!this.#alarms.has(alarm)) return;
    this.#callOff(alarm);
    alarm.action();
  }

  #callOff(alarm: Alarm): void {
    clearTimeout(alarm.timer);
    this.#alarms.delete(alarm);
  }
}

interface Alarm {
  at: bigint;
  action: () => void;
  timer: NodeJS.Timeout | undefined;
}

function machineTime(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}
