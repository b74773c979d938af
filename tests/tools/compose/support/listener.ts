import type { Teardown } from "../../../../tools/compose/index.js";

/** Notes what was told. */
export function listener(): { told: string[]; tell(note: string): void } {
  const told: string[] = [];
  return { told, tell: (note) => void told.push(note) };
}

/** Nothing is begun, so nothing has to end. */
export const nothingToEnd: Teardown = { add() {}, run() {} };
