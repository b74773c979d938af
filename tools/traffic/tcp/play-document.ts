import { UserError } from "../../errors.js";
import type { TrafficCase } from "../case/types.js";
import type { CaseResult } from "../play/result.js";
import { blankResult, fail, withUpstream } from "../play/stage.js";
import type { Stage } from "../play/stage.js";
import { playTcpCase } from "./play-case.js";
import { startTcpUpstream } from "./upstream.js";

const DEFAULT_TIMEOUT_MS = 5000;

/** Whether a document's cases are about TCP. A `UserError` where only some of them are: a host serves one kind. */
export function isTcp({ document, file }: Pick<Stage, "document" | "file">): boolean {
  const [tcp, http] = [document.cases.filter((one) => one.tcp), document.cases.filter((one) => !one.tcp)];
  if (tcp.length === 0 || http.length === 0) return tcp.length > 0;
  throw new UserError(`${file}:${document.line}: cases with and without tcp need documents of their own`);
}

/** Plays a document of TCP cases on one start of the host. */
export async function playTcpDocument(stage: Stage): Promise<CaseResult[]> {
  const { document, options, host } = stage;
  const chosen = document.cases.filter((one) => options.only?.(one.name) ?? true);
  const plays = chosen.map((one) => ({ one, result: blankResult(stage, one.name, one.line, null) }));
  for (const { one, result } of plays) {
    const reason = one.cannot[host.name];
    if (reason) Object.assign(result, { verdict: "not played", details: [reason] });
  }
  const playable = plays.filter(({ result }) => result.verdict !== "not played");
  if (playable.length > 0) await playOnHost(stage, playable);
  return plays.map(({ result }) => result);
}

async function playOnHost(stage: Stage, plays: { one: TrafficCase; result: CaseResult }[]): Promise<void> {
  await withUpstream(stage, startTcpUpstream, async (started, upstream, callees) => {
    if (started.refused) {
      const why = `the host did not start: ${started.problems.join("; ")}`;
      for (const { result } of plays) fail(result, [why]);
      return;
    }
    const { running } = started;
    const timeoutMs = stage.options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    try {
      for (const { one, result } of plays) {
        const since = performance.now();
        fail(result, await playTcpCase(one, { running, upstream, callees, timeoutMs }));
        const [exercised, { cannot }] = [running.exercised?.(), one];
        Object.assign(result, { exercised, cannot, durationMs: performance.now() - since });
      }
    } finally {
      await running.stop();
    }
  });
}
