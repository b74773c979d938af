/** As Prettier writes a table. */
export function alignedTable(markdown: string): string {
  const rows = markdown.trim().split("\n").map(cellsOf);
  const widths = rows[0]!.map((_, at) => Math.max(3, ...rows.map((cells) => cells[at]!.length)));
  const filled = (cells: string[], row: number) =>
    cells.map((cell, at) => (row === 1 ? cell.padEnd(widths[at]!, "-") : cell.padEnd(widths[at]!)));
  return rows.map((cells, row) => `| ${filled(cells, row).join(" | ")} |\n`).join("");
}

/** A bar with a backslash before it is text. */
function cellsOf(row: string): string[] {
  return row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());
}
