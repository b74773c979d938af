import { routeTimeoutMs } from "./request-headers.js";

/** How long a stream may take. */
export class Deadlines {
  readonly #idle: NodeJS.Timeout;
  #response: NodeJS.Timeout | null = null;

  /** `idle`: nothing moved for `idleMs`. `late`: the upstream has not answered in the time that routes allow. */
  constructor(
    idleMs: number,
    idle: () => void,
    private readonly late: () => void,
  ) {
    this.#idle = setTimeout(idle, idleMs);
  }

  /** Something moved. */
  moved(): void {
    this.#idle.refresh();
  }

  /** The upstream has the whole request. */
  requestSent(): void {
    this.#response ??= setTimeout(this.late, routeTimeoutMs);
  }

  /** The upstream began to answer as a whole, or the stream is over. */
  stop(): void {
    clearTimeout(this.#idle);
    clearTimeout(this.#response ?? undefined);
  }
}
