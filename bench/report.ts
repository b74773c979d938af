import { limitLine, totals } from "./limits.js";
import type { PartResult } from "./part.js";

/** A part as it is shown on the terminal and in the file: its title, its tables, its limits. */
export function partText(part: PartResult): string {
  const limits = part.limits.map((limit) => `    ${limitLine(limit)}`).join("\n");
  return [`## ${part.title}`, part.text, limits].filter(Boolean).join("\n\n");
}

/** The whole file of results. */
export function resultsFile(
  parts: readonly PartResult[],
  surroundings: readonly string[],
  date: string,
): string {
  const heading = `# Results\n\nMeasured on ${date} by \`npm run bench -- --write\`, with:`;
  const list = surroundings.map((line) => `- ${line}`).join("\n");
  const sum = totals(parts.flatMap((part) => part.limits));
  return `${[heading, list, ...parts.map(partText), `Limits: ${sum}.`].join("\n\n")}\n`;
}
