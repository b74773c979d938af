import type { Bytes } from "../../traffic/bytes.js";
import {
  isBodyless,
  type Line,
  type Payload,
  type Request,
  type Response,
} from "../../traffic/wire/message.js";
import type { Random } from "../random.js";
import { contentOfSize, repeatable, sentHeader } from "./pools.js";

const bodyMethods = ["POST", "PUT", "PATCH"];
const otherMethods = ["GET", "GET", "HEAD", "DELETE", "OPTIONS"];

/** A request whose path begins with the sequence's number. */
export function requestOf(random: Random, index: number): Request {
  const method = random.pick(random.chance(0.5) ? bodyMethods : otherMethods);
  const payload = bodyMethods.includes(method) ? payloadOf(random) : empty(random);
  const host: Line = ["host", random.pick(["a.example", "b.example:8080", "localhost"])];
  if (random.chance(0.08)) replace(payload.lines, "content-type", "application/grpc");
  const path = `/${index}${random.pick(["", "/", "/a/b", "?x=1&y=", "/%41/../c", "//d?/../e"])}`;
  return { ...payload, lines: [host, ...payload.lines], method, path };
}

/** What the upstream answers. */
export function responseOf(random: Random): Response {
  const status = random.pick([200, 200, 200, 200, 201, 204, 301, 304, 404, 500, 503]);
  if (isBodyless("GET", status)) return { ...empty(random), status };
  return { ...payloadOf(random), status };
}

function payloadOf(random: Random): Payload {
  const size = random.weigh([
    [1, 0],
    [1, 1],
    [4, 20],
    [2, 3000],
    [1, 70_000],
  ] as const);
  const chunked = random.chance(0.5);
  const pieces = cut(contentOfSize(size), random.pick([1, 1, 2, 3]));
  const trailers =
    chunked && random.chance(0.5) ? random.times(1 + random.below(3), () => sentHeader(random)) : [];
  return {
    lines: lines(random),
    pieces,
    chunked,
    trailers: trailers.filter(([name]) => repeatable.includes(name)),
  };
}

function empty(random: Random): Payload {
  return { lines: lines(random), pieces: [], chunked: false, trailers: [] };
}

function cut(body: Bytes, count: number): Bytes[] {
  const size = Math.ceil(body.length / count);
  if (size === 0) return [""];
  return Array.from({ length: count }, (_, index) => body.slice(index * size, (index + 1) * size));
}

/** Only some names may come twice. */
function lines(random: Random): Line[] {
  const found = random.times(random.below(6), () => sentHeader(random));
  return found.filter(
    ([name], at) => repeatable.includes(name) || found.findIndex((other) => other[0] === name) === at,
  );
}

function replace(all: Line[], name: Bytes, value: Bytes): void {
  const kept = all.filter((one) => one[0] !== name);
  all.splice(0, all.length, ...kept, [name, value]);
}
