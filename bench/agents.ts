/** Whose requests a load consists of: one client's, or each request another's. */
export type Agents = "same" | "new";

/** The user agent of W1. */
export const USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64) perf/1.0";

const DIGITS = 8;

/** User agent of the nth request: always the same one, or one that no other request has, of the same length. */
export function agentOf(agents: Agents, n: number): string {
  if (agents === "same") return USER_AGENT;
  return USER_AGENT.slice(0, -DIGITS) + String(n).padStart(DIGITS, "0");
}
