/** Something that is wrong, and where. */
export interface Finding {
  /** As it is shown: relative to the current folder where it is below it. */
  file: string;
  /** First line is 1. */
  line: number;
  text: string;
  /** What to do about it, where the text does not say so. */
  hint?: string;
}

/** What a check found out. */
export interface Outcome {
  findings: Finding[];
  /** What is not wrong, and yet to be known. */
  notes: string[];
  /** What was to be checked and could not be, with the reason. */
  unchecked: string[];
}

export function nothing(): Outcome {
  return { findings: [], notes: [], unchecked: [] };
}

export function found(...findings: Finding[]): Outcome {
  return { ...nothing(), findings };
}

/** All outcomes as one: each finding once, by file and line; each note once. */
export function merged(outcomes: readonly Outcome[]): Outcome {
  const once = new Map(
    outcomes.flatMap((one) => one.findings).map((finding) => [JSON.stringify(finding), finding]),
  );
  const texts = (of: (one: Outcome) => string[]) => [...new Set(outcomes.flatMap(of))];
  return {
    findings: [...once.values()].sort((a, b) => compare(a.file, b.file) || a.line - b.line),
    notes: texts((one) => one.notes),
    unchecked: texts((one) => one.unchecked),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
