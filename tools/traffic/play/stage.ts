import { UserError } from "../../errors.js";
import { openCallees, type OpenCallees } from "../callees/open.js";
import type { TrafficDocument } from "../case/types.js";
import type { FilterInstance, Host, Started } from "../host.js";
import type { Protocol } from "../wire/message.js";
import { startUpstream } from "../wire/upstream.js";
import type { Upstream } from "../wire/upstream.js";
import type { CaseResult } from "./result.js";

export interface PlayOptions {
  /** How long an answer may take; 5000 unless given. A case's own timeout goes before it. */
  timeoutMs?: number;
  /** Chooses among the cases by their names; all unless given. */
  only?: (name: string) => boolean;
}

/** A document with all that is needed to play it. */
export interface Stage {
  file: string;
  document: TrafficDocument;
  chain: FilterInstance[];
  host: Host;
  options: PlayOptions;
}

/** Starts the document's host before an upstream that ends with the work. */
export function withHost<T>(
  stage: Stage,
  work: (started: Started, upstream: Upstream, callees: OpenCallees) => Promise<T>,
): Promise<T> {
  return withUpstream(stage, startUpstream, work);
}

/** The same before an upstream of another kind. */
export async function withUpstream<T, U extends { port: number; stop(): Promise<void> }>(
  stage: Stage,
  open: () => Promise<U>,
  work: (started: Started, upstream: U, callees: OpenCallees) => Promise<T>,
): Promise<T> {
  const [upstream, callees] = [await open(), await openCallees(stage.document.callees)];
  try {
    return await work(await start(stage, upstream, callees), upstream, callees);
  } finally {
    await upstream.stop();
    await callees.stop();
  }
}

/** A host that breaks while it starts makes its cases fail, so that the other files are still played. */
async function start(
  { host, chain, document }: Stage,
  upstream: { port: number },
  callees: OpenCallees,
): Promise<Started> {
  try {
    return await host.start({
      chain,
      upstream: { port: upstream.port, protocol: document.upstreamProtocol },
      callees: callees.setup,
    });
  } catch (error) {
    if (error instanceof UserError) throw error;
    return {
      refused: true,
      problems: [`${host.name} broke: ${error instanceof Error ? error.message : error}`],
    };
  }
}

/** A result to be filled in; passed until something speaks against it. */
export function blankResult(stage: Stage, name: string, line: number, protocol: Protocol | null): CaseResult {
  const filter = stage.chain.map((one) => one.name).join(", ");
  const { file, host } = stage;
  return {
    file,
    line,
    filter,
    name,
    protocol,
    host: host.name,
    verdict: "passed",
    durationMs: 0,
    details: [],
  };
}

export function fail(result: CaseResult, details: readonly string[]): void {
  if (details.length === 0) return;
  result.verdict = "failed";
  result.details.push(...details);
}
