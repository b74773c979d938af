import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../errors.js";

/** A failure that may be gone at the next try. */
export class Passing extends Error {
  constructor(
    message: string,
    /** How long the server wants to be left alone. */
    readonly waitMs?: number,
  ) {
    super(message);
  }
}

export interface Patience {
  attempts: number;
  /** The pause after the first failure; each further one is twice as long. */
  firstPauseMs: number;
  /** For one request, and more for a large one. */
  timeoutMs: number;
}

export const usualPatience: Patience = { attempts: 4, firstPauseMs: 500, timeoutMs: 20_000 };
const longestPauseMs = 15_000;

/** Does the work again, a few times, as long as what fails may pass; a UserError at last. */
export async function patiently<T>(
  work: () => Promise<T>,
  { attempts, firstPauseMs }: Patience,
  tell: (what: string) => void,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Passing)) throw error;
      if (attempt === attempts) throw new UserError(`${error.message} (${attempts} tries)`);
      const pauseMs = Math.min(error.waitMs ?? firstPauseMs * 2 ** (attempt - 1), longestPauseMs);
      tell(`${error.message}; next try in ${pauseMs / 1000} s`);
      await sleep(pauseMs);
    }
  }
}
