import { atProcessEnd } from "../envoy/cleanup.js";

/** What was begun and has to end. */
export interface Teardown {
  /** `end` does its work at once: after a signal there is no later. */
  add(end: () => void): void;
  /** Ends all of it, the latest first; happens at the end of this process at the latest. */
  run(): void;
}

/** What cannot be ended is told to `complain`, and keeps nothing else from ending. */
export function teardown(complain: (message: string) => void): Teardown {
  const ends: (() => void)[] = [];
  const runAll = () => {
    for (let end = ends.pop(); end; end = ends.pop()) {
      try {
        end();
      } catch (error) {
        complain(error instanceof Error ? error.message : String(error));
      }
    }
  };
  const forget = atProcessEnd(runAll);
  return {
    add: (end) => void ends.push(end),
    run() {
      forget();
      runAll();
    },
  };
}
