import { randomOf } from "../parity/random.js";
import { sendHttp1 } from "../traffic/wire/http1-client.js";
import { sendHttp2 } from "../traffic/wire/http2-client.js";
import { listenerName, type Side } from "./bootstrap.js";
import { isFinding, judge, type Verdict } from "./judge.js";
import type { Pair, Sent, Variant, View } from "./pair.js";
import type { Stage } from "./stage.js";
import { markHeader } from "./upstream.js";
import { viewOf } from "./view.js";

/** A request that the filters judge differently, without a reason that is known. */
export interface Finding extends Verdict {
  seed: number;
  variant: Variant;
  sent: Sent;
  ours: View;
  native: View;
}

/** What came of a pair's requests. */
export interface Outcome {
  filter: string;
  agreed: number;
  /** How many requests differed as meant. */
  deliberate: number;
  /** How many of them each case explains, by its id. */
  cases: Map<string, number>;
  findings: Finding[];
}

const requestsAtOnce = 6;
const answerWithinMs = 10_000;

/** The request of a seed: that of `--seed s --requests 1`, and the n-th of `--seed s-n`. */
export function requestOf(pair: Pair, seed: number): { variant: Variant; sent: Sent } {
  const random = randomOf(seed, numberOf(pair.filter));
  const variant = random.pick(pair.variants);
  return { variant, sent: pair.generate(random, variant) };
}

/** Sends the requests of `count` seeds through both filters. */
export async function run(
  pair: Pair,
  stage: Stage,
  seed: number,
  count: number,
  sentOne: () => void = () => {},
): Promise<Outcome> {
  const outcome: Outcome = {
    filter: pair.filter,
    agreed: 0,
    deliberate: 0,
    cases: new Map(),
    findings: [],
  };
  let next = 0;
  const lane = async () => {
    while (next < count) {
      note(outcome, await compareOne(pair, stage, (seed + next++) >>> 0));
      sentOne();
    }
  };
  await Promise.all(Array.from({ length: requestsAtOnce }, lane));
  outcome.findings.sort((one, other) => ((one.seed - seed) >>> 0) - ((other.seed - seed) >>> 0));
  return outcome;
}

async function compareOne(pair: Pair, stage: Stage, seed: number): Promise<Finding> {
  const { variant, sent } = requestOf(pair, seed);
  const [ours, native] = await Promise.all([
    viewThrough(pair, stage, variant, sent, "ours", seed),
    viewThrough(pair, stage, variant, sent, "native", seed),
  ]);
  return { seed, variant, sent, ours, native, ...judge(pair, variant, sent, ours, native) };
}

function note(outcome: Outcome, one: Finding): void {
  if (isFinding(one)) outcome.findings.push(one);
  else if (one.deliberate.length === 0) outcome.agreed++;
  else outcome.deliberate++;
  if (isFinding(one)) return;
  for (const id of one.deliberate) outcome.cases.set(id, (outcome.cases.get(id) ?? 0) + 1);
}

async function viewThrough(
  pair: Pair,
  { ports, upstream }: Stage,
  variant: Variant,
  { protocol, request, answer }: Sent,
  side: Side,
  seed: number,
): Promise<View> {
  const mark = `${seed}-${side}`;
  const marked = { ...request, lines: [...request.lines, [markHeader, mark] as const] };
  upstream.expect(mark, answer);
  const send = protocol === "http1" ? sendHttp1 : sendHttp2;
  const response = await send(ports.get(listenerName(variant, side))!, marked, answerWithinMs);
  return viewOf(pair, response, upstream.take(mark));
}

/** Filters get requests that have nothing in common. */
function numberOf(name: string): number {
  return [...name].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 7);
}
