/** Something that breaks a promise, with what to do about it. */
export interface Finding {
  /** Relative to the checkout. */
  file: string;
  line?: number;
  message: string;
  remedy: string;
}

export interface Check {
  /** What is promised, in a few words. */
  name: string;
  /** Looks at a checkout; no findings mean that the promise is kept. */
  run(root: string): Finding[] | Promise<Finding[]>;
  /** Writes anew what is generated, for `--write`. */
  mend?(root: string): Promise<void>;
  /** Its findings are shown but break nothing. */
  advisory?: boolean;
}

/** Number of the line, counted from 1, in which a position of a text lies. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}
