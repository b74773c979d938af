import { setTimeout as sleep } from "node:timers/promises";
import { attemptsIn } from "../attempts.js";
import { bytesOfText, show } from "../bytes.js";
import type { LogExpectation } from "../case/types.js";
import { matches, showMatch } from "./match.js";

/** How late a line may come that nobody waits for. */
const LATE_LOG_MS = 100;

/** A sentence for each log line that is missing or must not be there. */
export function compareLogs(expected: LogExpectation, lines: readonly string[]): string[] {
  const bytes = lines.map(bytesOfText);
  const missing = expected.has.filter((match) => !bytes.some((line) => matches(match, line)));
  return [
    ...missing.map((match) => `logs: expected ${showMatch(match)}, saw ${summaryOf(lines)}`),
    ...expected.without.flatMap((text) => forbidden(text, lines)),
  ];
}

/**
 * Where something is wrong: with it, what a filter tried and may not do, for that may well be why. A host in another
 * process writes its log late.
 */
export async function withAttempts(
  mismatches: readonly string[],
  logs: () => readonly string[],
): Promise<string[]> {
  if (mismatches.length === 0) return [];
  await sleep(LATE_LOG_MS);
  return [...mismatches, ...attemptsIn(logs()).map((line) => `logs: ${show(bytesOfText(line))}`)];
}

function forbidden(text: string, lines: readonly string[]): string[] {
  const found = lines.filter((line) => line.includes(text));
  return found.map(
    (line) => `logs: expected no line with ${show(bytesOfText(text))}, saw ${show(bytesOfText(line))}`,
  );
}

function summaryOf(lines: readonly string[]): string {
  if (lines.length === 0) return "no line";
  return lines.map((line) => show(bytesOfText(line))).join(", ");
}
