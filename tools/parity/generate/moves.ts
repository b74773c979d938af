import type { Bytes } from "../../traffic/bytes.js";
import type { Words } from "../program.js";
import type { Random } from "../random.js";
import { addedName, content, writtenValue } from "./pools.js";

const statuses = [200, 201, 204, 302, 401, 403, 404, 418, 429, 500, 503, 599];
const detailTexts = ["", "denied", "two words", "a{b}"];

/** A local response. */
export function reply(random: Random): Words {
  const pairs = random.times(random.below(4), (): [Bytes, Bytes] => replyHeader(random));
  const grpc = random.weigh([
    [6, -1],
    [1, 0],
    [1, 5],
    [1, 16],
    [1, 99],
  ] as const);
  const status = random.pick(statuses);
  const body = status === 204 ? "" : content(random);
  return ["reply", status, random.pick(detailTexts), body, grpc, ...pairs.flat()];
}

function replyHeader(random: Random): [Bytes, Bytes] {
  if (random.chance(0.2))
    return random.pick([
      ["content-type", "text/html"],
      ["content-length", "3"],
      ["location", "/x"],
    ]);
  return [addedName(random), writtenValue(random)];
}

/**
 * How many ticks a pause of the first or the second filter takes: long enough for a whole message to have come in, and
 * not the same for both, as nobody says whose timer fires first.
 */
export const ticksOfPause = { first: 15, second: 30 };
