import type { RootContext } from "../root-context.js";
import type { TimerChange } from "../vm.js";

/** Real timers for the plugins' ticks. */
export function pluginTimers(): { changed: TimerChange; stop: () => void } {
  const running = new Map<RootContext, NodeJS.Timeout>();
  return {
    changed: (root) => {
      clearInterval(running.get(root));
      running.delete(root);
      if (root.tickPeriodMs > 0)
        running.set(
          root,
          setInterval(() => root.tick(), root.tickPeriodMs),
        );
    },
    stop: () => running.forEach((timer) => clearInterval(timer)),
  };
}
