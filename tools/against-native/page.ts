import { alignedTable } from "../terminal/markdown.js";
import type { Pair } from "./pair.js";

/** For `docs/against-native.md`: a table for each filter, with all that may differ. */
export function differencesPage(pairs: readonly Pair[]): string {
  return pairs.map(section).join("\n");
}

function section({ filter, native, deliberate }: Pair): string {
  const heading = `### ${filter} and \`${native}\`\n`;
  if (deliberate.length === 0) return `${heading}\nNothing differs.\n`;
  const rows = deliberate.map(({ id, reason, safe }) => row([`\`${id}\``, reason, safe ?? ""]));
  const head = [row(["case", "what differs, and why", "why ours may let more happen"]), row(["-", "-", "-"])];
  return `${heading}\n${alignedTable([...head, ...rows].join("\n"))}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
