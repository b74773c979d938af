import { Worker } from "node:worker_threads";
import type { Finding } from "./finding.js";
import type { Tally } from "./run.js";
import type { Subject } from "./subject.js";
import type { Task, Told } from "./worker.js";

/** A run takes milliseconds: one that takes longer than this, on a busy machine even, does not end. */
const usualHangMs = 20_000;
/** Each takes its time to be found. */
const mostHangs = 3;
const pollMs = 200;
/** Nobody reads more. */
const mostFindings = 50;

export interface Runs {
  seed: number;
  runs: number;
  /** How long a run may take, in milliseconds. */
  hangMs?: number;
  /** Told how many runs are done. */
  progress?: (done: number) => void;
}

/** What runs came to. */
export interface Fuzzed {
  findings: Finding[];
  /** Of the runs up to the end, or from the last one that hung. */
  tally: Tally;
}

/** Runs a filter with seeds that count up from `seed`. */
export async function fuzzFilter(subject: Subject, options: Runs): Promise<Fuzzed> {
  const { seed, runs, hangMs = usualHangMs, progress } = options;
  const fuzzed: Fuzzed = { findings: [], tally: { judged: 0, passed: 0 } };
  const { findings } = fuzzed;
  for (
    let first = 0, hangs = 0;
    first < runs && hangs < mostHangs && findings.length < mostFindings;
    hangs++
  ) {
    const at = new Int32Array(new SharedArrayBuffer(4));
    at[0] = first;
    const task: Task = { subject, seed, first, runs: runs - first, progress: at.buffer as SharedArrayBuffer };
    const hung = await watched(task, at, fuzzed, { hangMs, progress });
    if (hung === null) break;
    findings.push({
      kind: "hang",
      details: `no end after ${hangMs / 1000} s`,
      filter: subject.name,
      seed: (seed + hung) >>> 0,
    });
    first = hung + 1;
  }
  return fuzzed;
}

/** Runs a task to its end. Resolves to the run that hangs, null where none does. */
async function watched(
  task: Task,
  at: Int32Array,
  fuzzed: Fuzzed,
  { hangMs, progress }: { hangMs: number; progress: Runs["progress"] },
): Promise<number | null> {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData: task });
  let since = { run: -1, time: Date.now() };
  let hung: number | null = null;
  const timer = setInterval(() => {
    const run = Atomics.load(at, 0);
    progress?.(run);
    if (run !== since.run) since = { run, time: Date.now() };
    const isStuck = Date.now() - since.time > hangMs;
    if (isStuck) hung = run;
    if (isStuck || fuzzed.findings.length >= mostFindings) void worker.terminate();
  }, pollMs);
  worker.on("message", (told: Told) => {
    if ("finding" in told) fuzzed.findings.push(told.finding);
    else fuzzed.tally = told.tally;
  });
  try {
    await new Promise((resolve, reject) => worker.once("exit", resolve).once("error", reject));
  } catch (error) {
    // A run that does not end may fill the memory before its time is up.
    if ((error as NodeJS.ErrnoException).code !== "ERR_WORKER_OUT_OF_MEMORY") throw error;
    hung = Atomics.load(at, 0);
  } finally {
    clearInterval(timer);
  }
  return hung;
}
