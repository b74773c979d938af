import { EmulatorError } from "../emulator/index.js";
import { randomOf, type Random } from "../parity/random.js";
import { ProblemError, type Finding } from "./finding.js";
import { guardOf } from "./guards/index.js";
import { emulated } from "./modes/emulated.js";
import { guarded } from "./modes/guarded.js";
import { hostile } from "./modes/hostile.js";
import { series } from "./modes/series.js";
import { Watch } from "./oracles/watch.js";
import type { Subject } from "./subject.js";

/** A filter ready to run. */
export interface Loaded {
  subject: Subject;
  module: WebAssembly.Module;
  watch: Watch;
  tally: Tally;
}

/** Requests that an independent check has judged, and those among them that passed. */
export interface Tally {
  judged: number;
  passed: number;
}

type Mode = (random: Random, loaded: Loaded) => void;

const modes: [weight: number, mode: Mode][] = [
  [40, emulated],
  [58, hostile],
  [2, series],
];

/** Of so many runs one plays requests with credentials, where somebody else can tell what may pass. */
const guardedEvery = 8;

/** One run, all of which follows from its seed: null where nothing is wrong. */
export function runOnce(
  subject: Subject,
  module: WebAssembly.Module,
  seed: number,
  tally: Tally = { judged: 0, passed: 0 },
): Finding | null {
  const random = randomOf(seed, 0);
  const loaded = { subject, module, watch: new Watch(subject.name), tally };
  const guard = seed % guardedEvery === 5 ? guardOf(subject.name) : null;
  try {
    if (guard) guarded(random, loaded, guard);
    else random.weigh(modes)(random, loaded);
    return null;
  } catch (error) {
    if (error instanceof ProblemError)
      return { kind: error.kind, details: error.details, filter: subject.name, seed };
    if (error instanceof EmulatorError)
      return { kind: "abi", details: error.message, filter: subject.name, seed };
    throw error;
  }
}
