import { stripVTControlCharacters } from "node:util";
import { createColors } from "picocolors";

export type Colors = ReturnType<typeof createColors>;

/** Where a report is written, and what it may look like there. */
export interface Terminal {
  colors: Colors;
  /** Width of the window; 80 where it is none. */
  columns: number;
  line(text?: string): void;
}

/** The parts of a stream that matter here. */
export interface Output {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

export function terminal(
  output: Output = process.stdout,
  environment: NodeJS.ProcessEnv = process.env,
): Terminal {
  return {
    colors: createColors(wantsColors(output, environment)),
    columns: output.columns ?? 80,
    line: (text = "") => void output.write(`${text}\n`),
  };
}

/** A line that says what is going on, in a window only, and goes when that is over. */
export interface Passing {
  show(text: string): void;
  end(): void;
}

export function passing(output: Output = process.stderr): Passing {
  const write = (text: string) => void (output.isTTY && output.write(`\r\x1b[K${text}`));
  return { show: (text) => write(`${text} ...`), end: () => write("") };
}

function wantsColors(output: Output, environment: NodeJS.ProcessEnv): boolean {
  if (environment.NO_COLOR) return false;
  if (environment.FORCE_COLOR) return environment.FORCE_COLOR !== "0";
  return output.isTTY === true && environment.TERM !== "dumb";
}

/** Fills a text up to a width; colours take no room. */
export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

export function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}

/** Lines with aligned columns, two blanks between them; nothing is filled up behind the last one. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, widthOf(cell))));
  }
  return rows.map((row) =>
    row
      .map((cell, at) => (at === row.length - 1 ? cell : padded(cell, widths[at]!)))
      .join("  ")
      .trimEnd(),
  );
}

/** "1 case", "2 cases". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Packs pieces into lines no wider than `width`, two blanks between them. */
export function packed(pieces: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 2 + widthOf(piece) <= width)
      lines[lines.length - 1] = `${last}  ${piece}`;
    else lines.push(piece);
  }
  return lines;
}

/** Breaks a text between words into lines no wider than `width`. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
