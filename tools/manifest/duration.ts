const unitInMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000 };

/** Milliseconds of a text such as `15s`, `0.5s`, `250ms` or `2m`; undefined where it is no such text. */
export function durationMs(text: string): number | undefined {
  const parts = /^([0-9]+(?:\.[0-9]+)?)(ms|s|m)$/.exec(text);
  if (!parts) return undefined;
  return Math.round(Number(parts[1]) * unitInMs[parts[2]!]!);
}
