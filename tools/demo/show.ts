import { aligned, packed, widthOf, type Colors, type Terminal } from "../terminal/index.js";
import type { Change } from "./changes.js";
import type { Scene } from "./plan.js";
import type { Shown } from "./play.js";

const margin = "  ";
const indent = " ".repeat(5);

/** A filter's requests: a line each, and below it what the filters changed and what is not as it should be. */
export function showScene(scene: Scene, shown: readonly Shown[], screen: Terminal): void {
  const { colors, line } = screen;
  line(`\n${colors.bold(scene.filter)}  ${colors.dim(scene.summary)}`);
  if (shown.length === 0) line(colors.dim(`${margin}(its manifest has no demo)`));
  const full = aligned(shown.map((one) => cells(one, colors)));
  const short = aligned(shown.map((one) => cells(one, colors).slice(0, -1)));
  const fits = full.every((text) => margin.length + widthOf(text) <= screen.columns);
  shown.forEach((one, at) => {
    line(margin + (fits ? full : short)[at]);
    for (const text of [...(fits ? [] : [colors.dim(one.name)]), ...below(one, screen)]) line(indent + text);
  });
}

function cells(one: Shown, colors: Colors): string[] {
  return [
    one.problems.length === 0 ? colors.green("✓") : colors.red("✗"),
    one.request,
    statusText(one.status, colors),
    `${colors.dim("upstream saw")} ${one.upstream.join(", ") || "nothing"}`,
    colors.dim(one.name),
  ];
}

function statusText(status: number, colors: Colors): string {
  if (status === 0) return colors.red("none");
  return status < 400 ? colors.green(String(status)) : colors.yellow(String(status));
}

function below({ toUpstream, toClient, problems }: Shown, { colors, columns }: Terminal): string[] {
  const width = columns - indent.length;
  const changes = [...marks("→", toUpstream, colors, width), ...marks("←", toClient, colors, width)];
  return [...packed(changes, width), ...problems.map((problem) => colors.red(problem))];
}

/** The arrow tells the direction: to the upstream or back to the client. */
function marks(arrow: string, changes: readonly Change[], colors: Colors, width: number): string[] {
  return changes.map((change, at) => {
    const lead = at === 0 ? `${arrow} ` : "";
    return colors.dim(lead) + mark(change, colors, width - lead.length);
  });
}

function mark({ kind, name, value }: Change, colors: Colors, width: number): string {
  if (kind === "removed") return colors.red(`-${name}`);
  const room = width - name.length - 3;
  const text = cut(printable(value), room);
  return `${kind === "added" ? colors.green(`+${name}`) : colors.yellow(`~${name}`)}: ${text}`;
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

/** A value must not reach into the terminal. */
function printable(value: string): string {
  return Buffer.from(value, "latin1")
    .toString()
    .replace(/[\x00-\x1f\x7f]/g, "?");
}
