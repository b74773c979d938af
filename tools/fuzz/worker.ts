import { parentPort, workerData } from "node:worker_threads";
import type { Finding } from "./finding.js";
import { runOnce, type Tally } from "./run.js";
import type { Subject } from "./subject.js";

/** What a worker is told: runs `first` to `first + runs - 1`, counted up from the seed. */
export interface Task {
  subject: Subject;
  seed: number;
  first: number;
  runs: number;
  /** Where it notes which run it is at, for those who wait. */
  progress: SharedArrayBuffer;
}

/** What a worker tells: a finding at a time, and at the end what it has counted. */
export type Told = { finding: Finding } | { tally: Tally };

const tell = (told: Told): void => parentPort!.postMessage(told);
const { subject, seed, first, runs, progress } = workerData as Task;
const at = new Int32Array(progress);
const module = new WebAssembly.Module(subject.wasm as BufferSource);
const tally: Tally = { judged: 0, passed: 0 };
for (let run = first; run < first + runs; run++) {
  Atomics.store(at, 0, run);
  const finding = runOnce(subject, module, (seed + run) >>> 0, tally);
  if (finding) tell({ finding });
}
tell({ tally });
Atomics.store(at, 0, first + runs);
