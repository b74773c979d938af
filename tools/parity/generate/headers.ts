import type { Bytes } from "../../traffic/bytes.js";
import type { Words } from "../program.js";
import type { Random } from "../random.js";
import { addedName, readName, writtenName, writtenValue } from "./pools.js";

/** Header maps by the numbers that the ABI gives them. */
export const maps = { requestHeaders: 0, requestTrailers: 1, responseHeaders: 2, responseTrailers: 3 };

const pseudoOf: Readonly<Record<number, readonly Bytes[]>> = {
  0: [":method", ":path", ":authority", ":scheme"],
  2: [":status"],
};

/** A look at a map. */
export function headerRead(random: Random, map: number): Words {
  if (random.chance(0.15)) return ["pairs", map];
  // The size of a response's headers hangs on how long the upstream took.
  if (random.chance(0.05) && map !== maps.responseHeaders) return ["size", map];
  return ["get", map, readName(random, pseudoOf[map] ?? [])];
}

/** What a request or a response must not lack. */
const needed: Readonly<Record<number, readonly Bytes[]>> = {
  0: [
    ":method",
    "POST",
    ":path",
    "/set",
    ":authority",
    "set.example",
    ":scheme",
    "http",
    "x-forwarded-proto",
    "http",
  ],
  2: [":status", "203"],
};

/** All of a map at once. */
function wholeWrite(random: Random, map: number): Words {
  const pairs = random.times(random.below(4), () => [addedName(random), writtenValue(random)]);
  return ["setpairs", map, ...(needed[map] ?? []), ...pairs.flat()];
}

/** A change of a map. */
export function headerWrite(random: Random, map: number): Words {
  if (random.chance(0.04)) return wholeWrite(random, map);
  const pseudo = random.chance(0.12) ? pseudoWrite(random, map) : null;
  if (pseudo) return pseudo;
  return random.weigh<() => Words>([
    [3, () => ["add", map, addedName(random), writtenValue(random)]],
    [3, () => ["set", map, writtenName(random), writtenValue(random)]],
    [2, () => ["del", map, readName(random, [])]],
  ])();
}

function pseudoWrite(random: Random, map: number): Words | null {
  if (map === maps.responseHeaders) return ["set", map, ":status", random.pick(["200", "202", "404", "503"])];
  if (map !== maps.requestHeaders) return null;
  const [name, values] = random.pick<[Bytes, Bytes[]]>([
    [":method", ["GET", "POST", "PUT", "OTHER"]],
    [":path", ["/other?x=1", "/", "/%20/..", ""]],
    [":authority", ["other.example", "", "x:1"]],
    [":scheme", ["https", "http"]],
    ["host", ["by-host.example"]],
  ]);
  return ["set", map, name, random.pick(values)];
}
