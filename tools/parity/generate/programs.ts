import type { Request } from "../../traffic/wire/message.js";
import type { Operation, Phase, Program, Words } from "../program.js";
import type { Random } from "../random.js";
import { bodyRead, bodyWrite, buffers, treatmentOf } from "./bodies.js";
import { headerRead, headerWrite, maps } from "./headers.js";
import { finalLook, propertyRead, propertyWrite } from "./looks.js";
import { foreignCall, metricWork, sharedWork } from "./services.js";
import { reply, ticksOfPause } from "./moves.js";

/** One direction: its phases, and what the ABI calls its maps and its buffer. */
interface Side {
  letter: "r" | "s";
  headers: number;
  trailers: number;
  buffer: number;
}

const request: Side = {
  letter: "r",
  headers: maps.requestHeaders,
  trailers: maps.requestTrailers,
  buffer: buffers.request,
};
const response: Side = {
  letter: "s",
  headers: maps.responseHeaders,
  trailers: maps.responseTrailers,
  buffer: buffers.response,
};

/** Where in the chain a filter stands. */
export interface Place {
  /** The sequence's. */
  index: number;
  first: boolean;
  last: boolean;
  /** Its `allow_on_headers_stop_iteration`. */
  bodyFirst: boolean;
  /** Only one filter of a chain replies: Envoy has no rules for a reply to a reply. */
  replies: boolean;
}

/** What one filter does with an exchange. */
export function programOf(random: Random, place: Place, { method }: Request): Program {
  const { index } = place;
  const pausing = random.chance(0.25) ? random.pick<Phase>(["rh", "re", "rt", "sh", "se", "st"]) : null;
  const replying = place.replies && random.chance(0.3) ? random.pick(replyPhases(place)) : null;
  const held = pausing && place.bodyFirst && pausing.endsWith("h") ? pausing[0] : null;
  const sides = [request, response].map((side) => sideOf(random, side, held === side.letter, index));
  const program = sides.flat();
  if (replying) program.push({ phase: replying, words: reply(random) });
  // Envoy crashes when one callback ends a stream in two ways.
  if (!pausing && !replying && random.chance(0.06)) program.push(...oddity(random));
  if (pausing) program.push(...pauseIn(random, pausing, place));
  // Another method would bring a body to a client that asked for none.
  const allowed = ({ words }: Operation) => method !== "HEAD" || words[2] !== ":method" || words[0] === "get";
  return [...program.filter(allowed), ...operations("log", random.below(4), () => finalLook(random))];
}

/** A reply to the first piece of a body would leave it to chance whether another filter had seen its end. */
function replyPhases({ first, last }: Place): Phase[] {
  const phases: Phase[] = ["rh", "re", "rt", "sh", "se", "st"];
  return [...phases, ...(first ? (["rf"] as const) : []), ...(last ? (["sf"] as const) : [])];
}

/** Headers that are held alone go on with the first piece that does: so all of the body is held too. */
function sideOf(random: Random, side: Side, held: boolean, index: number): Operation[] {
  const phase = (kind: string) => `${side.letter}${kind}` as Phase;
  const treatment = held ? "whole" : treatmentOf(random);
  const ends = operations(phase("e"), random.below(4), () => endWork(random, side, treatment, index));
  const resized = ends.some(({ words }) => words[0] === "write");
  return [
    ...(resized ? operations(phase("h"), 1, () => ["del", side.headers, "content-length"]) : []),
    ...operations(phase("h"), random.below(5), () => anyWork(random, side.headers, index)),
    ...(treatment === "pass" ? [] : operations(phase("b"), 1, () => [treatment])),
    ...ends,
    ...operations(phase("t"), random.below(4), () => anyWork(random, side.trailers, index)),
  ];
}

function endWork(random: Random, side: Side, treatment: string, index: number): Words {
  const whole = treatment === "whole" ? 16 : 0;
  return random.weigh<() => Words>([
    [whole, () => bodyRead(random, side.buffer)],
    [whole, () => bodyWrite(random, side.buffer)],
    [4, () => anyWork(random, side.headers, index)],
  ])();
}

/** What filters had better not do. */
function oddity(random: Random): Operation[] {
  return random.weigh<() => Operation[]>([
    [
      2,
      () => [
        {
          phase: random.pick<Phase>(["rh", "re", "rt", "sh", "se", "st"]),
          words: ["close", random.below(2)],
        },
      ],
    ],
    [2, () => [{ phase: random.pick<Phase>(["rh", "re", "sh", "se"]), words: ["return", 2] }]],
    [1, () => resumedAtOnce("rh", 0)],
    [1, () => resumedAtOnce("sh", 1)],
  ])();
}

/** Lets go what it holds back in the same callback. */
function resumedAtOnce(phase: Phase, side: number): Operation[] {
  return [
    { phase, words: ["continue", side] },
    { phase, words: ["return", 1] },
  ];
}

/** A return code that stops, and what the timer does then; at times nothing, so that the host loses patience. */
function pauseIn(random: Random, phase: Phase, { replies, first, index }: Place): Operation[] {
  const code = phase.endsWith("h")
    ? random.pick([1, 1, 3, 4, 5, 99])
    : phase.endsWith("e")
      ? random.pick([1, 2])
      : 1;
  const side = phase.startsWith("r") ? request : response;
  const stop: Operation[] = [{ phase, words: ["return", code] }];
  if (random.chance(0.04)) return stop;
  const work = operations("tick", random.below(3), () => anyWork(random, side.headers, index));
  const kind = side === request ? 0 : 1;
  const end = random.weigh<() => Words>([
    [8, () => ["continue", kind]],
    [replies ? 2 : 0, () => reply(random)],
    [1, () => ["close", kind]],
  ])();
  return [
    ...stop,
    { phase, words: ["hold", first ? ticksOfPause.first : ticksOfPause.second] },
    ...work,
    { phase: "tick", words: end },
  ];
}

function operations(phase: Phase, count: number, make: () => Words): Operation[] {
  return Array.from({ length: count }, () => ({ phase, words: make() }));
}

function anyWork(random: Random, map: number, index: number): Words {
  return random.weigh<() => Words>([
    [40, () => headerRead(random, map)],
    [50, () => headerWrite(random, map)],
    [10, () => propertyRead(random)],
    [10, () => propertyWrite(random)],
    [8, () => metricWork(random, index)],
    [5, () => sharedWork(random, index)],
    [2, () => foreignCall(random)],
  ])();
}
