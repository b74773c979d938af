import { Worker } from "node:worker_threads";
import type { FilterInstance } from "../../traffic/host.js";
import type { Verdict } from "./emulate.js";

export type { Verdict } from "./emulate.js";

/** A proxy would wait for ever, and so would its traffic. */
const boundMs = 10_000;
/** How often this thread looks whether time is up. */
const turnMs = 50;

let worker: Worker | null = null;
let before: Promise<unknown> = Promise.resolve();

/** Has the emulator configure a filter, in a thread of its own: a module that loops can be ended. One after another. */
export function configured(instance: FilterInstance, limitMs = boundMs): Promise<Verdict> {
  const verdict = before.then(() => verdictOn(instance, limitMs));
  before = verdict.catch(() => {});
  return verdict;
}

async function verdictOn(instance: FilterInstance, limitMs: number): Promise<Verdict> {
  const thread = (worker ??= new Worker(new URL("./worker.js", import.meta.url)));
  thread.ref();
  try {
    return await answerOf(thread, instance, limitMs);
  } finally {
    // Between two modules it keeps nobody from ending.
    thread.unref();
  }
}

function answerOf(thread: Worker, instance: FilterInstance, limitMs: number): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    // Time that this thread spends on compiling is not the module's: it hears no answer then, and takes no turn either.
    let turns = 0;
    const timer = setInterval(() => {
      if (++turns * turnMs >= limitMs) settle(() => resolve(endless(limitMs)));
    }, turnMs);
    const heard = (verdict: Verdict) => settle(() => resolve(verdict));
    const broke = (error: Error) => settle(() => reject(error));
    const settle = (end: () => void) => {
      clearInterval(timer);
      thread.off("message", heard).off("error", broke);
      end();
    };
    thread.on("message", heard).on("error", broke).postMessage(instance);
  });
}

function endless(limitMs: number): Verdict {
  void worker?.terminate();
  worker = null;
  return { problems: [], failure: `it is not configured within ${limitMs / 1000} s`, called: [] };
}
