import type { Host } from "../traffic/host.js";
import { differencesOf, type Difference } from "./compare.js";
import { playOn, type Batch } from "./play.js";
import type { Sequence } from "./sequence.js";

/** Two hosts that should be alike, and what they are loaded with. */
export interface Pair {
  hosts: readonly [Host, Host];
  /** Path of the compiled probe. */
  wasm: string;
}

export interface Comparison {
  sequence: Sequence;
  /** None where the hosts agree. */
  differences: Difference[];
}

/** What came of a run. */
export interface Outcome {
  compared: number;
  /** The hosts differ, each time that it was tried. */
  different: Comparison[];
  /** The hosts differed, and agreed when the sequence was played again: a matter of timing. */
  unsteady: Comparison[];
}

/** Sequences for one start of a host: more would save little. */
const largestBatch = 60;
const batchesAtOnce = 3;
const replays = 2;

/** Compares the hosts sequence by sequence; `played` hears of each batch how many sequences it had. */
export async function compare(
  pair: Pair,
  sequences: readonly Sequence[],
  played: (count: number) => void = () => {},
): Promise<Outcome> {
  const waiting = batchesOf(sequences);
  const all: Comparison[] = [];
  const lane = async () => {
    for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
      all.push(...(await compareBatch(pair, batch)));
      played(batch.sequences.length);
    }
  };
  await Promise.all(Array.from({ length: batchesAtOnce }, lane));
  return sorted(pair, all);
}

/** Plays one batch on both hosts at the same time. */
export async function compareBatch({ hosts, wasm }: Pair, batch: Batch): Promise<Comparison[]> {
  const [left, right] = await Promise.all(hosts.map((host) => playOn(host, wasm, batch)));
  return batch.sequences.map((sequence, at) => ({
    sequence,
    differences: differencesOf(sequence, left![at]!, right![at]!),
  }));
}

async function sorted(pair: Pair, all: readonly Comparison[]): Promise<Outcome> {
  const outcome: Outcome = { compared: all.length, different: [], unsteady: [] };
  for (const one of all.filter(({ differences }) => differences.length > 0)) {
    if (await differsAgain(pair, one.sequence)) outcome.different.push(one);
    else outcome.unsteady.push(one);
  }
  return outcome;
}

async function differsAgain(pair: Pair, sequence: Sequence): Promise<boolean> {
  for (let time = 0; time < replays; time++) {
    const [again] = await compareBatch(pair, { stage: sequence.stage, sequences: [sequence] });
    if (again!.differences.length > 0) return true;
  }
  return false;
}

function batchesOf(sequences: readonly Sequence[]): Batch[] {
  const byStage = new Map<string, Sequence[]>();
  for (const one of sequences) {
    const key = JSON.stringify(one.stage);
    byStage.set(key, [...(byStage.get(key) ?? []), one]);
  }
  return [...byStage.values()].flatMap(batches);
}

function batches(sequences: readonly Sequence[]): Batch[] {
  const { stage } = sequences[0]!;
  return Array.from({ length: Math.ceil(sequences.length / largestBatch) }, (_, at) => ({
    stage,
    sequences: sequences.slice(at * largestBatch, (at + 1) * largestBatch),
  }));
}
