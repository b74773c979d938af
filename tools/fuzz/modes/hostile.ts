import { configurationText } from "../make/configuration.js";
import { wordsIn } from "../make/words.js";
import type { Loaded } from "../run.js";
import type { Random } from "../../parity/random.js";
import { Guest } from "../host/guest.js";
import { endStream, openStream, proceed, wild } from "./steps.js";

/** A host that lies and fails calls the filter in any order, about contexts that exist and others. */
export function hostile(random: Random, loaded: Loaded): void {
  const { subject, watch } = loaded;
  const configuration = configurationText(random, subject, random.chance(0.3));
  const temper = { failing: random.pick([0, 0.02, 0.2, 1]), lying: random.pick([0, 0.1, 1]) };
  const words = wordsIn(configuration.toString("utf8"));
  const guest = new Guest(loaded, random, temper, words);
  guest.start(configuration, random.chance(0.9));
  for (let left = 3 + random.below(40); left > 0; left--) step(random, guest);
  watch.logged(guest.host.logs);
}

function step(random: Random, guest: Guest): void {
  guest.host.refresh();
  random.weigh<() => void>([
    [3, () => openStream(random, guest)],
    [10, () => proceed(random, guest)],
    [3, () => wild(random, guest)],
    [2, () => endStream(random, guest)],
    [0.5, () => void guest.host.memory.allocate(random.pick([0, 1, 65_536, 1024 * 1024]))],
    [0.5, () => guest.configure(configurationText(random, guest.loaded.subject, random.chance(0.5)))],
    [0.5, () => guest.removePlugin()],
    [1, () => guest.tick(random.pick([0, 1, 1000, 100_000_000]))],
  ])();
}
