import { Malformed } from "./http1-read.js";
import type { Fault } from "./message.js";
import { Ended } from "./reader.js";

export class Timeout extends Error {}

/** Rejects with `Timeout`, naming what was awaited, when the work takes longer than `timeoutMs`. */
export async function inTime<T>(work: Promise<T>, timeoutMs: number, awaited: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Timeout(`no complete answer within ${timeoutMs} ms: still awaited ${awaited()}`));
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // The work goes on until its connection is torn down; how it ends then is of no interest.
    work.catch(() => {});
  }
}

export function faultOf(error: unknown): Fault {
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof Timeout) return { kind: "timeout", text };
  if (error instanceof Malformed) return { kind: "malformed", text };
  if (/ECONNREFUSED/.test(text)) return { kind: "unreachable", text };
  if (error instanceof Ended) return { kind: "cut", text };
  throw error;
}
