import type { TrafficCase } from "../case/types.js";
import { isTcp, playTcpDocument } from "../tcp/play-document.js";
import type { Protocol } from "../wire/message.js";
import type { Upstream } from "../wire/upstream.js";
import type { Site } from "./observe.js";
import { playCase } from "./play-case.js";
import { playRefusal } from "./play-refusal.js";
import type { CaseResult } from "./result.js";
import { blankResult, fail, withHost } from "./stage.js";
import type { Stage } from "./stage.js";
import { whyNotPlayed } from "./why-not-played.js";

/** One case with one protocol. */
interface Play {
  case: TrafficCase;
  protocol: Protocol;
  result: CaseResult;
}

const DEFAULT_TIMEOUT_MS = 5000;

/** Plays a document on one start of the host: its cases, or its refusal. */
export async function playDocument(stage: Stage): Promise<CaseResult[]> {
  if (stage.document.rejected !== null) return playRefusal(stage, stage.document.rejected);
  if (isTcp(stage)) return playTcpDocument(stage);
  const plays = playsOf(stage);
  const playable = plays.filter((play) => play.result.verdict !== "not played");
  if (playable.length > 0) await playOnHost(stage, playable);
  return plays.map((play) => play.result);
}

function playsOf(stage: Stage): Play[] {
  const { document, options } = stage;
  const chosen = document.cases.filter((one) => options.only?.(one.name) ?? true);
  return chosen.flatMap((one) => one.protocols.map((protocol) => playOf(stage, one, protocol)));
}

function playOf(stage: Stage, one: TrafficCase, protocol: Protocol): Play {
  const result = blankResult(stage, one.name, one.line, protocol);
  const reason = whyNotPlayed(one, protocol, stage);
  if (reason !== null) Object.assign(result, { verdict: "not played", details: [reason] });
  return { case: one, protocol, result };
}

async function playOnHost(stage: Stage, plays: Play[]): Promise<void> {
  await withHost(stage, async (started, upstream, callees) => {
    if (started.refused) {
      const why = `the host did not start: ${started.problems.join("; ")}`;
      for (const play of plays) fail(play.result, [why]);
      return;
    }
    try {
      const timeoutMs = stage.options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
      await playInTurn(plays, { running: started.running, upstream, callees, timeoutMs });
    } finally {
      await started.running.stop();
    }
    blameStrays(plays.at(-1), upstream);
  });
}

/**
 * One after the other: what arrives at the upstream then belongs to the case at hand. A header that tells cases apart
 * would be part of what filters see, and one that removes unknown headers would hide its requests from "none".
 */
async function playInTurn(plays: Play[], site: Site): Promise<void> {
  let previous: Play | undefined;
  for (const play of plays) {
    blameStrays(previous, site.upstream);
    const since = performance.now();
    const { details, observed } = await playCase(play.case, play.protocol, site);
    fail(play.result, details);
    const [exercised, { cannot }] = [site.running.exercised?.(), play.case];
    Object.assign(play.result, { observed, exercised, cannot, durationMs: performance.now() - since });
    previous = play;
  }
}

/** What reaches the upstream between two cases was caused by the first of them. */
function blameStrays(play: Play | undefined, upstream: Upstream): void {
  const { requests, faults } = upstream.take();
  // Where a case does not look at the upstream, it may be that nobody can know when something arrives there.
  if (play === undefined || play.case.upstream === null) return;
  fail(play.result, [
    ...requests.map((one) => `upstream: ${one.method} ${one.path} arrived after the case had ended`),
    ...faults.map((fault) => `upstream: after the case had ended, got ${fault}`),
  ]);
}
