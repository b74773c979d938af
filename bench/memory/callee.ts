import type { EmulatorOptions } from "../../tools/emulator/index.js";

type Upstream = NonNullable<ReturnType<NonNullable<EmulatorOptions["callees"]>>>;

/** A service that answers when it is told to. */
export interface Callee extends Upstream {
  /** Answers all that asked so far. */
  answer(): void;
}

const FAILS_EVERY = 50;
const nothing = (): void => {};

export function callee(): Callee {
  let waiting: (() => void)[] = [];
  let asked = 0;
  return {
    open: (_pairs, _end, events) => {
      let isOpen = true;
      const n = ++asked;
      waiting.push(() => {
        if (!isOpen) return;
        if (n % FAILS_EVERY === 0) return events.failed("remote reset");
        events.headers([[":status", "200"]], false);
        events.data(Buffer.from(`answer ${n}`), true);
      });
      const reset = (): void => void (isOpen = false);
      return { data: nothing, trailers: nothing, reset, pause: nothing, resume: nothing };
    },
    close: nothing,
    answer: () => {
      const due = waiting;
      waiting = [];
      for (const tell of due) tell();
    },
  };
}
