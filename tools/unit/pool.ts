import { Lane } from "./lane.js";
import type { Lost } from "./lane.js";
import { failed } from "./run/failed.js";
import type { SpecJob } from "./run/run-spec.js";
import type { FileHits, SpecResult } from "./types.js";

export interface PoolOptions {
  workers: number;
  timeoutMs: number;
  /** Receives the results in the order of the jobs, each as soon as its turn has come. */
  finished: (result: SpecResult) => void;
}

/** Runs specs side by side, each bounded in time. Never rejects for a spec's sake. */
export async function runPool(jobs: readonly SpecJob[], options: PoolOptions): Promise<SpecResult[]> {
  const results: SpecResult[] = [];
  let next = 0;
  let told = 0;
  const work = async (lane: Lane): Promise<void> => {
    while (next < jobs.length) {
      const index = next++;
      results[index] = await runOne(lane, jobs[index]!, options.timeoutMs);
      while (results[told]) options.finished(results[told++]!);
    }
    await lane.close();
  };
  await Promise.all(Array.from({ length: Math.min(options.workers, jobs.length) }, () => work(new Lane())));
  return results;
}

/** The statements of files, none of which ran. */
export async function countStatements(files: string[], timeoutMs: number): Promise<FileHits[]> {
  if (files.length === 0) return [];
  const lane = new Lane();
  try {
    return (await lane.run({ kind: "count", files }, timeoutMs)) as FileHits[];
  } catch (lost) {
    throw new Error(`counting statements failed: ${(lost as Lost).reason}`);
  } finally {
    await lane.close();
  }
}

async function runOne(lane: Lane, job: SpecJob, timeoutMs: number): Promise<SpecResult> {
  try {
    return (await lane.run({ kind: "run", ...job }, timeoutMs)) as SpecResult;
  } catch (lost) {
    return failed(job.spec, [explain(lost as Lost)]);
  }
}

function explain({ how, test, reason }: Lost): string {
  const where = test === null ? "while it compiled" : test ? `in "${test}"` : "outside of any test";
  return how === "hung"
    ? `still running after ${reason}, ${where}: ended`
    : `its worker died ${where}: ${reason}`;
}
