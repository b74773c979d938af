import { UsageError } from "./exit.js";

/** The port that an option gives. */
export function portOf(text: string, option: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65535) return port;
  throw new UsageError(`${option}: expected a port from 1 to 65535, got ${text}`);
}
