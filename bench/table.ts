/** Markdown table with its columns padded: the first `texts` columns to the left, the others, figures, to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], texts = 1): string {
  const widths = head.map((_, i) => Math.max(3, ...[head, ...rows].map((row) => (row[i] ?? "").length)));
  const pad = (cell: string, i: number): string =>
    i < texts ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!);
  const line = (cells: readonly string[]): string =>
    `| ${head.map((_, i) => pad(cells[i] ?? "", i)).join(" | ")} |`;
  const rule = head.map((_, i) => (i < texts ? "-".repeat(widths[i]!) : "-".repeat(widths[i]! - 1) + ":"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

/** Whole number with thousands set apart, as in 105,901. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** Number with as many decimals as it needs, at most three. */
export function decimal(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
