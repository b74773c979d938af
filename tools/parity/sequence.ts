import type { Protocol, Request, Response } from "../traffic/wire/message.js";
import { programOf } from "./generate/programs.js";
import { requestOf, responseOf } from "./generate/traffic.js";
import type { Program } from "./program.js";
import { randomOf } from "./random.js";

/** What the sequences that are played on one start of a host have in common. */
export interface Stage {
  upstream: Protocol;
  /** For each filter of the chain, its `allow_on_headers_stop_iteration`. */
  bodyFirst: readonly boolean[];
}

/** One exchange, and what the filters do with it. */
export interface Sequence {
  /** Of a committed case; a random one has none. */
  name?: string;
  seed: number;
  index: number;
  stage: Stage;
  /** For each filter of the chain. */
  programs: readonly Program[];
  protocol: Protocol;
  request: Request;
  response: Response;
}

export const stages: readonly Stage[] = [
  { upstream: "http1", bodyFirst: [false] },
  { upstream: "http1", bodyFirst: [true] },
  { upstream: "http1", bodyFirst: [false, false] },
  { upstream: "http1", bodyFirst: [true, false] },
  { upstream: "http2", bodyFirst: [false] },
  { upstream: "http2", bodyFirst: [false, true] },
];

/** Always the same for a seed and an index. */
export function sequenceOf(seed: number, index: number): Sequence {
  const random = randomOf(seed, index);
  const stage = random.pick(stages);
  const protocol = random.pick<Protocol>(["http1", "http2"]);
  const request = requestOf(random, index);
  const response = responseOf(random);
  const last = stage.bodyFirst.length - 1;
  const replier = random.below(stage.bodyFirst.length);
  const programs = stage.bodyFirst.map((bodyFirst, at) => {
    const place = { index, first: at === 0, last: at === last, bodyFirst, replies: at === replier };
    return programOf(random, place, request);
  });
  return { seed, index, stage, programs, protocol, request, response };
}

/** A committed case's name, or how to play a random sequence again. */
export function titleOf({ seed, index, name }: Sequence): string {
  if (name !== undefined) return name;
  return `seed ${seed}, sequence ${index}: npm run parity -- --seed ${seed} --sequence ${index}`;
}
