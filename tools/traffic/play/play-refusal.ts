import type { Started } from "../host.js";
import { showList } from "./match.js";
import type { CaseResult } from "./result.js";
import { blankResult, fail, withHost } from "./stage.js";
import type { Stage } from "./stage.js";

/** Starts the host with a configuration that it must refuse, for exactly these problems in this order. */
export async function playRefusal(stage: Stage, expected: readonly string[]): Promise<CaseResult[]> {
  const name = `refuses: ${expected.join("; ")}`;
  if (stage.options.only?.(name) === false) return [];
  const result = blankResult(stage, name, stage.document.line, null);
  const since = performance.now();
  await withHost(stage, async (started) => {
    if (!started.refused) await started.running.stop();
    fail(result, compareRefusal(expected, started));
  });
  result.durationMs = performance.now() - since;
  return [result];
}

function compareRefusal(expected: readonly string[], started: Started): string[] {
  const wanted = expected.map((one) => JSON.stringify(one));
  if (!started.refused) return [`configuration: expected a refusal (${showList(wanted)}), saw it accepted`];
  const got = started.problems.map((one) => JSON.stringify(one));
  if (wanted.join() === got.join()) return [];
  return [`configuration problems: expected ${showList(wanted)}, saw ${showList(got)}`];
}
