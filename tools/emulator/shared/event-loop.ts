import { EmulatorError } from "../errors.js";

/** A guest that wakes itself again and again keeps Envoy busy for ever; a test should rather fail. */
const mostPosts = 10_000;

/** Holds back what Envoy posts to a thread: it runs once the event at hand has been dealt with by all filters. */
export class EventLoop {
  readonly #posted: (() => void)[] = [];
  #depth = 0;

  post(action: () => void): void {
    this.#posted.push(action);
  }

  /** Deals with an event, then with what was posted meanwhile. An event within another one is a part of it. */
  run<T>(event: () => T): T {
    this.#depth++;
    let outcome: T;
    try {
      outcome = event();
    } finally {
      this.#depth--;
    }
    this.settle();
    return outcome;
  }

  /** Runs what was posted, unless an event is under way. Throws an EmulatorError where there is no end to it. */
  settle(): void {
    if (this.#depth > 0) return;
    for (let count = 0; this.#posted.length > 0; count++) {
      if (count === mostPosts) {
        this.#posted.length = 0;
        throw new EmulatorError(`the guests kept each other busy for ${mostPosts} events without a pause`);
      }
      this.#step(this.#posted.shift()!);
    }
  }

  #step(action: () => void): void {
    this.#depth++;
    try {
      action();
    } finally {
      this.#depth--;
    }
  }
}
