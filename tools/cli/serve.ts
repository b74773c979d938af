import { UserError } from "../errors.js";
import type { Terminal } from "../terminal/index.js";
import type { Running } from "../traffic/host.js";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** A host that may tell of its own end, as Envoy's does. */
type Mortal = Running & { died?: Promise<string> };

/** Shows what the filters log until a signal asks for the end. A `UserError` where the host ends by itself. */
export async function serveUntilSignal(running: Mortal, screen: Terminal, shown = 0): Promise<void> {
  const timer = setInterval(() => (shown = showNew(running.logs(), shown, screen)), 200);
  try {
    const end = await Promise.race([nextSignal(), running.died ?? new Promise<never>(() => {})]);
    if (end) throw new UserError(end);
    screen.line();
  } finally {
    clearInterval(timer);
  }
}

function nextSignal(): Promise<undefined> {
  return new Promise((resolve) => {
    const end = () => {
      for (const signal of signals) process.off(signal, end);
      resolve(undefined);
    };
    for (const signal of signals) process.on(signal, end);
  });
}

function showNew(logs: readonly string[], shown: number, { line, colors }: Terminal): number {
  for (const text of logs.slice(shown)) line(colors.dim(`log  ${text}`));
  return logs.length;
}
