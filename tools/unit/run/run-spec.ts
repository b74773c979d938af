import { performance } from "node:perf_hooks";
import { instantiate } from "@assemblyscript/loader";
import { Snapshot } from "@as-pect/snapshots";
import { resolve } from "node:path";
import { CompileError, compileSpec } from "../compile/compile.js";
import type { Compiled } from "../compile/compile.js";
import { fileOf } from "../compile/sources.js";
import { MARKS } from "../coverage/weave.js";
import { UserError } from "../../errors.js";
import type { FileHits, SpecResult } from "../types.js";
import { specHost } from "../trial/host.js";
import { SpecContext } from "./context.js";
import { detailsOf } from "./details.js";
import { failed } from "./failed.js";
import { fillMissing } from "./imports.js";
import { locator } from "./locate.js";
import { snapshotPath } from "./snapshot-file.js";
import { readSnapshots, settle } from "./snapshots.js";
import type { SnapshotPolicy } from "./snapshots.js";

export interface SpecJob extends SnapshotPolicy {
  /** Relative to the project. */
  spec: string;
  cwd: string;
  /** Absolute paths of the files whose statements are counted. */
  covered: ReadonlySet<string>;
}

/** Compiles and runs one spec. `entering` hears the name of each test before it runs. */
export async function runSpec(job: SpecJob, entering: (test: string) => void): Promise<SpecResult> {
  const started = performance.now();
  const result = await compileAndRun(job, entering);
  return { ...result, milliseconds: performance.now() - started };
}

async function compileAndRun(job: SpecJob, entering: (test: string) => void): Promise<SpecResult> {
  try {
    return await runCompiled(job, await compileSpec(job.spec, job.cwd, job.covered), entering);
  } catch (error) {
    return failed(job.spec, problemsOf(error as Error));
  }
}

function problemsOf(error: Error): string[] {
  if (error instanceof CompileError) return ["does not compile", ...error.problems.map(indented)];
  if (error instanceof UserError) return [error.message, ...(error.hint ? [`  ${error.hint}`] : [])];
  return [error.stack ?? error.message];
}

function indented(text: string): string {
  return text.replace(/^/gm, "  ");
}

async function runCompiled(
  job: SpecJob,
  compiled: Compiled,
  entering: (test: string) => void,
): Promise<SpecResult> {
  const { spec, cwd } = job;
  const path = snapshotPath(resolve(cwd, spec));
  const stored = await readSnapshots(path);
  const context = new SpecContext(spec, compiled.binary, Snapshot.from(new Map(stored)), entering);
  const module = await WebAssembly.compile(compiled.binary as BufferSource);
  // A trap's stack has to reach from the library through the host to the spec's own line.
  Error.stackTraceLimit = 50;
  const host = specHost();
  const guest = await instantiate(module, fillMissing(module, context.createImports(host.imports)) as never);
  host.attach(guest.instance.exports);
  context.run(guest as never);
  const details = [...compiled.warnings, ...detailsOf(context, locator(compiled.map))];
  const green = context.rootNode.pass && context.testCount > 0;
  if (context.rootNode.pass && !green) details.push("runs no test");
  const problems = green ? await settle(path, stored, context.snapshotDiff!, job) : [];
  return {
    spec,
    ok: green && problems.length === 0,
    tests: context.testCount,
    passed: context.testPassCount,
    todos: context.todoCount,
    milliseconds: 0,
    details: [...details, ...problems],
    coverage: hitsOf(compiled, guest.exports, cwd),
  };
}

function hitsOf({ woven }: Compiled, exports: Record<string, unknown>, cwd: string): FileHits[] {
  if (woven.count === 0) return [];
  const at = (exports[MARKS] as () => number)();
  const marks = new Uint8Array((exports["memory"] as WebAssembly.Memory).buffer, at, woven.count);
  let next = 0;
  return woven.sources.map(({ path, statements }) => {
    const hits = [...marks.subarray(next, (next += statements.length))];
    return { file: fileOf(path, cwd)!, statements, hits };
  });
}
