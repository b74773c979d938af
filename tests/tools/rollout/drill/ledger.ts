import type { Seen } from "./load.js";

interface Window {
  mark: string;
  /** When it was about to be published, and when everybody served the one after it. */
  from: number;
  to: number;
}

/** Envoy's workers hear of a version a moment after its main thread, which says that it is live: milliseconds. */
const grace = 1000;

/** Keeps the books: which version may answer when, and what did. */
export class Ledger {
  requests = 0;
  /** What should not have been, of which the first are kept. */
  readonly faults: string[] = [];
  faultCount = 0;
  readonly #windows: Window[] = [];
  readonly #first = new Map<number, number>();

  constructor(firstMark: string) {
    this.#windows.push({ mark: firstMark, from: -Infinity, to: Infinity });
  }

  /** The next version is about to be published. */
  opens(mark: string): void {
    this.#windows.push({ mark, from: performance.now(), to: Infinity });
    this.#first.clear();
  }

  /** Everybody serves the last version. */
  isEverywhere(): void {
    const end = performance.now() + grace;
    for (const window of this.#windows.slice(0, -1)) window.to = Math.min(window.to, end);
  }

  /** When the last version answered first, by the port of the Envoy. */
  firstAnswers(): ReadonlyMap<number, number> {
    return this.#first;
  }

  readonly enter = (seen: Seen): void => {
    this.requests++;
    const last = this.#windows.at(-1)!;
    if (seen.version === last.mark && !this.#first.has(seen.port)) this.#first.set(seen.port, seen.to);
    const fault = this.#faultOf(seen);
    if (fault === null) return;
    this.faultCount++;
    if (this.faults.length < 5) this.faults.push(fault);
  };

  #faultOf({ error, status, version, requestVersion, from, to }: Seen): string | null {
    if (error !== undefined) return `a request failed: ${error}`;
    if (status !== 200) return `a request was answered ${status}`;
    if (version !== requestVersion) return `one exchange met two versions: ${requestVersion}, ${version}`;
    const known = this.#windows.filter(({ mark }) => mark === version);
    if (known.length === 0) return `${version} answered, which was never published as good`;
    const inTime = known.some((window) => from <= window.to && to >= window.from);
    return inTime ? null : `${version} answered when everybody served another`;
  }
}
