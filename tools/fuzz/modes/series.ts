import { configurationText } from "../make/configuration.js";
import { wordsIn } from "../make/words.js";
import type { Random } from "../../parity/random.js";
import { randomOf } from "../../parity/random.js";
import { ProblemError } from "../finding.js";
import { Guest } from "../host/guest.js";
import type { Loaded } from "../run.js";
import { endStream, openStream, proceed } from "./steps.js";

const perWindow = 60;
const windows = 4;
const steps = 4;

/** The same streams, over and over: once the filter has warmed up it needs no more memory. */
export function series(random: Random, loaded: Loaded): void {
  const configuration = configurationText(random, loaded.subject, false);
  const temper = { failing: random.pick([0, 0, 0.1]), lying: 0 };
  const guest = new Guest(loaded, random, temper, wordsIn(configuration.toString("utf8")));
  guest.start(configuration, true);
  const seed = random.below(2 ** 32);
  const pages = Array.from({ length: windows }, () => {
    for (let i = 0; i < perWindow; i++) exchange(randomOf(seed, i % 10), guest);
    return guest.host.memory.pages();
  });
  if (pages.every((count, i) => i === 0 || count > pages[i - 1]!))
    throw new ProblemError("memory", `${pages.join(", ")} pages after each ${perWindow} equal streams`);
}

function exchange(random: Random, guest: Guest): void {
  guest.host.random = random;
  guest.host.logs.length = 0;
  openStream(random, guest);
  for (let i = 0; i < steps; i++) {
    guest.host.refresh();
    proceed(random, guest);
  }
  endStream(random, guest);
  guest.tick(1000);
}
