import { getRequest, openConnection } from "./http1.js";

/** A bounded load on one port of this machine. */
export interface Load {
  readonly port: number;
  readonly path: string;
  /** Headers of the nth request, counted from 0. */
  headers(n: number): readonly (readonly [string, string])[];
  /** Requests in all, shared by the connections. */
  readonly requests: number;
  readonly connections: number;
  /** How long one answer may take. */
  readonly timeoutMs: number;
}

/** How many responses had each status. */
export type Statuses = ReadonlyMap<number, number>;

/** Sends exactly so many requests over keep-alive connections, each waiting for its answer; rejects on a lost connection. */
export async function runLoad(load: Load): Promise<Statuses> {
  const statuses = new Map<number, number>();
  let sent = 0;
  const work = async (): Promise<void> => {
    const connection = await openConnection(load.port, load.timeoutMs);
    try {
      while (sent < load.requests) {
        const { status } = await connection.ask(getRequest(load.path, load.headers(sent++)));
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    } finally {
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: load.connections }, work));
  return statuses;
}
