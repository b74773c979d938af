import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../envoy/program.js";
import { packageRoot } from "../package-root.js";

/** A line of the documentation, with what it says that comes out. */
export interface Trial {
  command: string;
  status: string;
  /** A text that the answer holds. */
  text: string;
}

export interface TrialResult extends Trial {
  /** Why it did not go as it says; empty where it did. */
  problem: string;
}

/** The lines that `docker compose up` prints. */
export function trials(
  text = readFileSync(join(packageRoot, "tools/compose/services/try.txt"), "utf8"),
): Trial[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const [, command, status, text] = /^(curl .*?) +# (\d{3}), (.*)$/.exec(line) ?? [];
    if (command === undefined) throw new Error(`no line to try: ${line}`);
    return { command, status: status!, text: text! };
  });
}

/** Runs the lines, against the ports that were taken in place of those they name. */
export async function playDemo(ports: { requests: number; admin: number }): Promise<TrialResult[]> {
  const results: TrialResult[] = [];
  for (const trial of trials()) {
    const command = trial.command
      .replace(":10000/", `:${ports.requests}/`)
      .replace(":9901/", `:${ports.admin}/`);
    const { output } = await run("/bin/sh", ["-c", command], { bound: 10_000 });
    results.push({ ...trial, problem: problemOf(trial, output) });
  }
  return results;
}

function problemOf({ status, text }: Trial, output: string): string {
  const [head = ""] = output.split("\r\n");
  if (!head.startsWith(`HTTP/1.1 ${status} `)) return `expected status ${status}, saw ${head || "no answer"}`;
  return output.includes(text) ? "" : `expected the text "${text}" in the answer`;
}
