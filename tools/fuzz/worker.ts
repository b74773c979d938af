import { parentPort, workerData } from "node:worker_threads";
import { runOnce } from "./run.js";
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

const { subject, seed, first, runs, progress } = workerData as Task;
const at = new Int32Array(progress);
const module = new WebAssembly.Module(subject.wasm as BufferSource);
for (let run = first; run < first + runs; run++) {
  Atomics.store(at, 0, run);
  const finding = runOnce(subject, module, (seed + run) >>> 0);
  if (finding) parentPort!.postMessage(finding);
}
Atomics.store(at, 0, first + runs);
