import { Worker } from "node:worker_threads";
import type { Job, News } from "./worker.js";

/** How a job ended that gave no answer. */
export interface Lost {
  /** "hung": it ran out of time; "died": its worker ended. */
  how: "hung" | "died";
  /** The test that had begun last, "" before the first; null while it compiled. */
  test: string | null;
  reason: string;
}

/** A worker that does one job after another. A job that runs out of time takes the worker with it; the next has a new one. */
export class Lane {
  #worker: Worker | null = null;

  /** Rejects with a `Lost` where there is no answer within the time. */
  async run(job: Job, timeoutMs: number): Promise<unknown> {
    const worker = (this.#worker ??= new Worker(new URL("./worker.js", import.meta.url)));
    try {
      return await answerOf(worker, job, timeoutMs);
    } catch (lost) {
      await this.close();
      throw lost;
    }
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}

function answerOf(worker: Worker, job: Job, timeoutMs: number): Promise<unknown> {
  let test: string | null = null;
  return new Promise((resolve, reject) => {
    const lose = (how: Lost["how"], reason: string): void => settle(() => reject({ how, test, reason }));
    const timer = setTimeout(() => lose("hung", `${timeoutMs / 1000} s`), timeoutMs);
    const heard = (news: News): void => {
      if (news.kind === "test") test = news.name;
      else settle(() => resolve(news.answer));
    };
    const broke = (error: Error): void => lose("died", error.message);
    const ended = (code: number): void => lose("died", `exit code ${code}`);
    const settle = (end: () => void): void => {
      clearTimeout(timer);
      worker.off("message", heard).off("error", broke).off("exit", ended);
      end();
    };
    worker.on("message", heard).on("error", broke).on("exit", ended);
    worker.postMessage(job);
  });
}
