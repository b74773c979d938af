import { execFile, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const CONTROL_TIMEOUT_MS = 120_000;

/** How to get valgrind, where it is missing. */
export const VALGRIND_HINT = "valgrind is not installed: apt-get install valgrind";

/** Version text of valgrind, or null where it is missing. */
export function valgrindVersion(): string | null {
  const result = spawnSync("valgrind", ["--version"], { encoding: "utf8" });
  return result.status === 0 ? result.stdout.trim() : null;
}

/** Command that runs another one under callgrind, not counting until told to; counts are written to `output`.* */
export function underCallgrind(output: string, command: readonly string[]): string[] {
  return [
    "valgrind",
    "--tool=callgrind",
    `--callgrind-out-file=${output}`,
    // V8 writes code at run time, in memory that belongs to no file.
    "--smc-check=all-non-file",
    "--separate-threads=yes",
    "--instr-atstart=no",
    "--cache-sim=no",
    ...command,
  ];
}

/** Makes the process count instructions from now on. */
export async function startCounting(pid: number): Promise<void> {
  await control(pid, "-i", "on");
}

/** Instructions of the busiest thread since the last call or the start of counting; counting begins anew. */
export async function takeCount(pid: number, output: string): Promise<number> {
  await control(pid, "-d");
  const dumps = dumpFiles(output);
  const counts = dumps.map((file) => dumpTotal(readFileSync(file, "latin1")));
  for (const file of dumps) rmSync(file);
  if (counts.length === 0) throw new Error("callgrind wrote no dump");
  return Math.max(...counts);
}

async function control(pid: number, ...command: string[]): Promise<void> {
  await run("callgrind_control", [...command, String(pid)], { timeout: CONTROL_TIMEOUT_MS });
}

function dumpFiles(output: string): string[] {
  const prefix = `${basename(output)}.`;
  const files = readdirSync(dirname(output)).filter((file) => file.startsWith(prefix));
  return files.map((file) => join(dirname(output), file));
}

/** Instructions in the text of one dump; 0 for a thread that ran nothing. */
export function dumpTotal(text: string): number {
  return Number(/^summary: (\d+)/m.exec(text)?.[1] ?? 0);
}
