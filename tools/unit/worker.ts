import { readFile } from "node:fs/promises";
import { parentPort } from "node:worker_threads";
import { statementsOf } from "./coverage/weave.js";
import { runSpec } from "./run/run-spec.js";
import type { SpecJob } from "./run/run-spec.js";
import type { FileHits } from "./types.js";

/** What a worker is asked for: to run a spec, or to count the statements of files that no spec compiled. */
export type Job = ({ kind: "run" } & SpecJob) | { kind: "count"; files: string[] };

/** What it tells: the test that begins, or that it is done and with what. */
export type News = { kind: "test"; name: string } | { kind: "done"; answer: unknown };

const port = parentPort!;
const tell = (news: News): void => port.postMessage(news);

port.on("message", (job: Job) => void work(job).then((answer) => tell({ kind: "done", answer })));

function work(job: Job): Promise<unknown> {
  return job.kind === "run" ? runSpec(job, (name) => tell({ kind: "test", name })) : count(job.files);
}

function count(files: string[]): Promise<FileHits[]> {
  return Promise.all(
    files.map(async (file) => {
      const statements = statementsOf(await readFile(file, "utf8"), file);
      return { file, statements, hits: statements.map(() => 0) };
    }),
  );
}
