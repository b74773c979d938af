import type { Scene } from "./plan.js";

/** Widths of the columns that can be too wide for the window. */
export interface Columns {
  name: number;
  request: number;
}

/** What the other columns and the gaps take: the mark, the status, and a path as the upstream sees it. */
const others = { left: 5, gaps: 6, status: 6 };

/** The same widths for all scenes. Names give way where the window is narrow. */
export function columnsFor(scenes: readonly Scene[], window: number): Columns {
  const cases = scenes.flatMap((scene) => scene.cases);
  const longest = (texts: string[]) => Math.max(0, ...texts.map((text) => text.length));
  const request = longest(cases.map(({ send }) => `${send.method} ${send.path}`));
  const room = window - others.left - others.gaps - others.status - 2 * request;
  return { name: Math.max(12, Math.min(longest(cases.map(({ name }) => name)), room)), request };
}

export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
