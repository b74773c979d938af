import { packed, padded, wrapped, type Colors, type Terminal } from "../terminal/index.js";
import type { Change } from "./changes.js";
import { cut, type Columns } from "./columns.js";
import type { Scene } from "./plan.js";
import type { Shown } from "./play.js";

const detail = { indent: 7, label: 13 };

/** The head of the table. */
export function showHead(columns: Columns, { colors, line }: Terminal): void {
  const cells = [padded("", 3 + columns.name), padded("request", columns.request), "status", "upstream saw"];
  line(colors.dim(`  ${cells.join("  ")}`));
}

/** A filter's requests: a line each, and below it what the filters changed and what is not as it should be. */
export function showScene(scene: Scene, shown: readonly Shown[], columns: Columns, screen: Terminal): void {
  const { colors, line } = screen;
  const [first = "", ...rest] = wrapped(scene.summary, screen.columns - scene.filter.length - 2);
  line(`\n${colors.bold(scene.filter)}  ${colors.dim(first)}`);
  for (const text of rest) line(colors.dim(" ".repeat(scene.filter.length + 2) + text));
  if (shown.length === 0) line(colors.dim("  (its manifest has no demo)"));
  for (const one of shown) {
    line(`  ${cells(one, columns, colors).join("  ")}`);
    for (const text of below(one, screen)) line(" ".repeat(detail.indent) + text);
  }
}

function cells(one: Shown, columns: Columns, colors: Colors): string[] {
  return [
    one.problems.length === 0 ? colors.green("✓") : colors.red("✗"),
    padded(cut(one.name, columns.name), columns.name),
    padded(one.request, columns.request),
    padded(statusText(one.status, colors), "status".length),
    one.upstream.join(", ") || "nothing",
  ];
}

function statusText(status: number, colors: Colors): string {
  if (status === 0) return colors.red("none");
  return status < 400 ? colors.green(String(status)) : colors.yellow(String(status));
}

function below({ toUpstream, answer, toClient, problems }: Shown, { colors, columns }: Terminal): string[] {
  const width = columns - detail.indent - detail.label;
  return [
    ...labelled(
      "to upstream",
      packed(
        toUpstream.map((change) => mark(change, colors, width)),
        width,
      ),
      colors,
    ),
    ...labelled("answer", answer === null ? [] : [cut(printable(answer), width)], colors),
    ...labelled(
      "to client",
      packed(
        toClient.map((change) => mark(change, colors, width)),
        width,
      ),
      colors,
    ),
    ...problems.map((problem) => colors.red(problem)),
  ];
}

function labelled(label: string, lines: readonly string[], colors: Colors): string[] {
  return lines.map((text, at) => colors.dim(padded(at === 0 ? label : "", detail.label)) + text);
}

function mark({ kind, name, value }: Change, colors: Colors, width: number): string {
  if (kind === "removed") return colors.red(`-${name}`);
  const text = cut(printable(value), width - name.length - 3);
  return `${kind === "added" ? colors.green(`+${name}`) : colors.yellow(`~${name}`)}: ${text}`;
}

/** A value must not reach into the terminal. */
function printable(value: string): string {
  return Buffer.from(value, "latin1")
    .toString()
    .trimEnd()
    .replace(/[\x00-\x1f\x7f]/g, "?");
}
