import { EmulatorError } from "../emulator/index.js";
import { randomOf, type Random } from "../parity/random.js";
import { ProblemError, type Finding } from "./finding.js";
import { emulated } from "./modes/emulated.js";
import { hostile } from "./modes/hostile.js";
import { series } from "./modes/series.js";
import { Watch } from "./oracles/watch.js";
import type { Subject } from "./subject.js";

/** A filter ready to run. */
export interface Loaded {
  subject: Subject;
  module: WebAssembly.Module;
  watch: Watch;
}

type Mode = (random: Random, loaded: Loaded) => void;

const modes: [weight: number, mode: Mode][] = [
  [40, emulated],
  [58, hostile],
  [2, series],
];

/** One run, all of which follows from its seed: null where nothing is wrong. */
export function runOnce(subject: Subject, module: WebAssembly.Module, seed: number): Finding | null {
  const random = randomOf(seed, 0);
  try {
    random.weigh(modes)(random, { subject, module, watch: new Watch(subject.name) });
    return null;
  } catch (error) {
    if (error instanceof ProblemError)
      return { kind: error.kind, details: error.details, filter: subject.name, seed };
    if (error instanceof EmulatorError)
      return { kind: "abi", details: error.message, filter: subject.name, seed };
    throw error;
  }
}
