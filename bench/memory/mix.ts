import { agentOf } from "../agents.js";

/** What the nth request of the mix is like; each has another user agent and another length. */
export interface Mixed {
  readonly headers: readonly (readonly [string, string])[];
  /** null: none. */
  readonly body: string | null;
  /** What the filter makes of it. */
  readonly status: number;
}

const MOST_BODY = 3000;
const STEP = 37;
const KINDS = 6;

/** A sixth each: plain, with a body, denied, denied for its body, and two about which another service is asked. */
export function mixed(n: number, asks: boolean): Mixed {
  const agent = ["user-agent", agentOf("new", n)] as const;
  const text = "b".repeat((n * STEP) % MOST_BODY);
  const kind = n % KINDS;
  if (kind === 1) return { headers: [agent], body: `good ${text}`, status: 200 };
  if (kind === 2) return { headers: [agent, ["x-deny", "yes"]], body: null, status: 403 };
  if (kind === 3) return { headers: [agent], body: `bad ${text}`, status: 403 };
  if (kind >= 4 && asks) return { headers: [agent, ["x-ask", String(n)]], body: null, status: 200 };
  return { headers: [agent], body: null, status: 200 };
}
