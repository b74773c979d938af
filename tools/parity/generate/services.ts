import type { Words } from "../program.js";
import type { Random } from "../random.js";

const counter = 0;
const gauge = 1;
const histogram = 2;
const kinds = [counter, gauge, histogram];
const amounts = [0, 1, 2, 5, 1000, -1, "4294967296"];
/** Neither a metric's id nor a version of shared data. */
const nobody = "4294967295";

/** Metrics and shared data are everybody's, so each sequence has its own names. */
export function metricWork(random: Random, index: number): Words {
  const name = random.pick(["count", "a.b", "odd name", "tail."]);
  const kind = random.pick(kinds);
  const id = random.chance(0.05) ? nobody : `${index}-${kind}-${name.replace(" ", "-")}`;
  return random.weigh<Words>([
    [3, ["define", `${index}-${kind}-${name.replace(" ", "-")}`, kind, `s${index}.${kind}.${name}`]],
    [3, ["increment", id, random.pick(amounts)]],
    [2, ["record", id, random.pick(amounts)]],
    [3, ["metric", id]],
  ]);
}

export function sharedWork(random: Random, index: number): Words {
  const key = `s${index}${random.pick(["", "x", "\0\xff"])}`;
  if (random.chance(0.5)) return ["shared", key];
  const version = random.weigh<string | number>([
    [3, 0],
    [3, "seen"],
    [1, nobody],
  ]);
  return ["share", key, random.pick(["", "1", "value\xff"]), version];
}

export function foreignCall(random: Random): Words {
  const name = random.pick([
    "clear_route_cache",
    "unknown",
    "",
    "uncompress",
    "compress",
    "verify_signature",
    "sign",
  ]);
  return ["foreign", name, name === "compress" ? "" : random.pick(["", "garbage", "\x08\x01"])];
}
