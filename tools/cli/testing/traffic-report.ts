import { aligned, counted, type Colors } from "../../terminal/index.js";
import { differencesIn, type CaseResult } from "../../traffic/index.js";

/** A table: a line for each file, a column for each host. */
export function summaryLines(
  results: readonly CaseResult[],
  files: readonly string[],
  hosts: readonly string[],
): string[] {
  const of = (file: string, host: string) => results.filter((one) => one.file === file && one.host === host);
  const rows = files.map((file) => [`  ${file}`, ...hosts.map((host) => cell(of(file, host)))]);
  return aligned([["  cases passed", ...hosts], ...rows]);
}

function cell(results: readonly CaseResult[]): string {
  const count = (verdict: CaseResult["verdict"]) => results.filter((one) => one.verdict === verdict).length;
  const [failed, idle] = [count("failed"), count("not played")];
  if (results.length === 0) return "-";
  return [
    `${count("passed")}`,
    ...(failed ? [`${failed} FAILED`] : []),
    ...(idle ? [`${idle} not played`] : []),
  ].join(", ");
}

/** What failed and why, where hosts differ, and what was not played and why. */
export function problemLines(results: readonly CaseResult[], colors: Colors): string[] {
  const failed = results.filter((one) => one.verdict === "failed");
  return [
    ...failed.flatMap((one) => [
      `  ${colors.red("FAILED")} ${place(one)} ${title(one)}`,
      ...one.details.map((detail) => `    ${detail}`),
    ]),
    ...differencesIn(results).map(
      (group) => `  ${colors.red("HOSTS DIFFER")} ${place(group[0]!)} ${group[0]!.name}`,
    ),
    ...reasons(results.filter((one) => one.verdict === "not played")),
  ];
}

function place({ file, line }: CaseResult): string {
  return `${file}:${line}`;
}

function title({ name, host, protocol }: CaseResult): string {
  return `${name} (${[host, protocol].filter(Boolean).join(", ")})`;
}

/** One line for each reason, however many cases share it. */
function reasons(idle: readonly CaseResult[]): string[] {
  const byReason = new Map<string, number>();
  for (const one of idle) {
    const reason = `${one.host}: ${one.details.join("; ")}`;
    byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
  }
  return [...byReason].map(([reason, count]) => `  ${counted(count, "case")} not played on ${reason}`);
}
