import type { Header, Plugin, Stream } from "../../emulator/index.js";
import type { Random } from "../../parity/random.js";
import { chunks, responseHeaders, someHeaders } from "../make/headers.js";

type Side = "request" | "response";

/**
 * One request and its response, step by step, so that several can take turns. It may break off at any step. `passed` is
 * called once the request has reached the upstream.
 */
export function* exchangeSteps(
  random: Random,
  plugin: Plugin,
  request: readonly Header[],
  words: readonly string[],
  passed: () => void,
): Generator<void> {
  const stream = plugin.open({ protocol: random.pick(["HTTP/1.1", "HTTP/2"] as const) });
  let reached = false;
  const isOver = () => {
    if (stream.upstream.started && !reached) passed();
    reached ||= stream.upstream.started;
    return random.chance(0.03);
  };
  for (const side of ["request", "response"] as const) {
    if (side === "response" && !reached) break;
    const headers = side === "request" ? request : responseHeaders(random, words);
    for (const step of messageSteps(random, stream, side, headers, words)) {
      step();
      yield;
      if (isOver()) return stream.close();
    }
  }
  yield;
  stream.close();
}

function messageSteps(
  random: Random,
  stream: Stream,
  side: Side,
  headers: readonly Header[],
  words: readonly string[],
): (() => void)[] {
  const [body, trailers] = [chunks(random, words), random.chance(0.3) ? someHeaders(random, words) : null];
  const parts = [
    (end: boolean) =>
      void (side === "request" ? stream.requestHeaders(headers, end) : stream.responseHeaders(headers, end)),
    ...body.map((chunk) => (end: boolean) => {
      void (side === "request" ? stream.requestBody(chunk, end) : stream.responseBody(chunk, end));
    }),
    ...(trailers
      ? [
          () =>
            void (side === "request" ? stream.requestTrailers(trailers) : stream.responseTrailers(trailers)),
        ]
      : []),
  ];
  return parts.map((part, i) => () => part(i === parts.length - 1));
}
