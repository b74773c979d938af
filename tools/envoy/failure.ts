import { configurationProblems, filterLines, isFilterLine, type Speaker } from "./filter-log.js";
import type { LogLine } from "./log.js";
import type { Redact } from "./redact.js";

/** Why Envoy did not take a configuration, or died. */
export interface Failure {
  /** The root cause, in one line. */
  reason: string;
  /** What else Envoy said, oldest first. */
  details: string[];
  /** What a filter found wrong with its configuration. */
  problems: string[];
  /** True where a filter turned its configuration down, or crashed on it. */
  refused: boolean;
}

/** Makes sense of Envoy's last words; secrets are hidden. */
export function explain(lines: readonly LogLine[], speakers: Speaker[], redact: Redact): Failure {
  const problems = configurationProblems(lines, speakers).map(redact);
  const serious = lines.filter((line) => line.level === "error" || line.level === "critical");
  const refused = serious.some((line) => /Failed to (configure|start) base Wasm plugin/.test(line.text));
  const reason = tidy(redact(wasmCause(serious, speakers) ?? crash(serious) ?? lastWords(serious)));
  return { reason, details: details(serious, redact), problems, refused };
}

/** The first thing that went wrong in the sandbox: the lines after it only say that something did. */
function wasmCause(serious: LogLine[], speakers: Speaker[]): string | undefined {
  const failed = serious.find((line) => /^Wasm VM failed |^Plugin .* failed to load/.test(line.text));
  if (!failed) return undefined;
  const spoken = filterLines(serious, speakers).find((line) => line.level === "critical");
  const own = serious.find((line) => line.component === "wasm" && !isFilterLine(line));
  return spoken?.text ?? own!.text.replace(/^Wasm VM failed /, "");
}

/** Envoy's own crash: what follows is a backtrace. */
function crash(serious: LogLine[]): string | undefined {
  return serious.find((line) => line.component === "backtrace")?.text;
}

/** Of the last message, the last line: Envoy prints the whole configuration before it. */
function lastWords(serious: LogLine[]): string {
  const last = serious.at(-1)?.text.trim() ?? "";
  return last.split("\n").at(-1)!;
}

function tidy(message: string): string {
  return message
    .replace(/^error initializing configuration '[^']*': /, "")
    .replace(/^: /, "")
    .replace(/: \{"[\s\S]*$/, "")
    .replace(/\s+/g, " ")
    .trim();
}

function details(serious: LogLine[], redact: Redact): string[] {
  return serious.map((line) => redact(line.text.replace(/goo\.gle\/debug\w+/g, "").trim()));
}
