const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const pending = new Set<() => void>();

/**
 * Calls `end` when this process ends: by itself, by an uncaught error, or by a signal that nobody else handles.
 * `end` must do its work at once. The result takes it off the list again.
 */
export function atProcessEnd(end: () => void): () => void {
  if (pending.size === 0) listen();
  pending.add(end);
  return () => {
    if (pending.delete(end) && pending.size === 0) unlisten();
  };
}

function listen(): void {
  process.on("exit", endAll);
  for (const signal of signals) process.on(signal, onSignal);
}

function unlisten(): void {
  process.off("exit", endAll);
  for (const signal of signals) process.off(signal, onSignal);
}

/** Whoever else handles the signal decides whether the process ends; then "exit" comes. */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  endAll();
  process.kill(process.pid, signal);
}

function endAll(): void {
  unlisten();
  for (const end of pending) end();
  pending.clear();
}
