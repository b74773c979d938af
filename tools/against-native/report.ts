import { show } from "../traffic/bytes.js";
import { counted, type Terminal } from "../terminal/index.js";
import type { Finding, Outcome } from "./run.js";

/** Findings that are shown in full; the others are counted. */
const mostShown = 10;

export function reportOne(screen: Terminal, outcome: Outcome, native: string, seconds: number): void {
  const { line, colors } = screen;
  const { filter, agreed, deliberate, cases, findings } = outcome;
  for (const finding of findings.slice(0, mostShown)) {
    line(colors.red(finding.permissive ? "MORE PERMISSIVE" : "DIFFERENCE"));
    findingLines(filter, finding).forEach((text) => line(`  ${text}`));
  }
  const count = agreed + deliberate + findings.length;
  const parts = [`${agreed} agree`, `${deliberate} differ on purpose`, counted(findings.length, "finding")];
  line(
    `${filter} and ${native}: ${counted(count, "request")}, ${parts.join(", ")} (${seconds.toFixed(0)} s)`,
  );
  for (const [id, times] of [...cases].sort()) line(`  ${String(times).padStart(6)}  ${id}`);
}

/** The last line of a report. */
export function totals(seed: number, outcomes: readonly Outcome[], seconds: number): string {
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, one) => total + of(one), 0);
  const agreed = sum((one) => one.agreed);
  const deliberate = sum((one) => one.deliberate);
  const findings = sum((one) => one.findings.length);
  const requests = counted(agreed + deliberate + findings, "request");
  const parts = [`${agreed} agree`, `${deliberate} differ on purpose`, counted(findings, "finding")];
  return `seed ${seed}: ${counted(outcomes.length, "filter")}, ${requests}, ${parts.join(", ")} (${seconds.toFixed(0)} s)`;
}

/** What differed, and how to send just that again. */
export function findingLines(filter: string, finding: Finding): string[] {
  const { seed, variant, sent, ours, native } = finding;
  const { method, path, lines } = sent.request;
  const differing = Object.keys(ours).filter((aspect) => ours[aspect] !== native[aspect]);
  return [
    `npm run against-native -- --filter ${filter} --seed ${seed} --requests 1`,
    `configuration ${variant.name}, ${sent.protocol}${sent.notes ? `, ${sent.notes.join(", ")}` : ""}`,
    `${method} ${show(path)}`,
    ...lines.map(([name, value]) => `${show(name)}: ${show(value)}`),
    ...sent.answer.lines.map(([name, value]) => `answered with ${show(name)}: ${show(value)}`),
    ...differing.map((aspect) => aspectLine(finding, aspect)),
  ];
}

function aspectLine({ ours, native, unexplained }: Finding, aspect: string): string {
  const mark = unexplained.includes(aspect) ? "" : " (explained)";
  return `  ${aspect}: ours ${show(ours[aspect]!)}, Envoy's ${show(native[aspect]!)}${mark}`;
}
