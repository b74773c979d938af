import type { Header } from "../../emulator/index.js";
import type { Random } from "../../parity/random.js";
import { bytesOf, textOf } from "./words.js";

const names = [
  ...["content-length", "content-type", "cookie", "authorization", "user-agent", "host", "transfer-encoding"],
  ...["x-api-key", "x-forwarded-for", "accept-encoding", "content-encoding", "grpc-status", "te", "via"],
  ...["x-edit", "x-phase", "x-free", "x-answer", "x-unread", "x-sum"],
];
const paths = ["/", "/orders", "/a?b=c", "*", "", "/?api_key=%41&api_key=b", "//..//%2e%2e/", "/?&&=&;"];
const methods = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "get", ""];
const statuses = ["200", "204", "304", "404", "503"];

/** Headers of a request, pseudo-headers in front; `words` come from the filter's configuration. */
export function requestHeaders(random: Random, words: readonly string[]): Header[] {
  const path = random.pick(paths);
  const query = random.chance(0.3) ? `?${textOf(random, words)}=${textOf(random, words)}` : "";
  return [
    [":method", random.pick(methods)],
    [":path", `${path}${query}`],
    [":authority", random.chance(0.9) ? "localhost" : textOf(random, words)],
    [":scheme", "http"],
    ...someHeaders(random, words),
  ];
}

export function responseHeaders(random: Random, words: readonly string[]): Header[] {
  return [[":status", random.pick(statuses)], ...someHeaders(random, words)];
}

/** Headers without pseudo-headers, as trailers have them. */
export function someHeaders(random: Random, words: readonly string[]): Header[] {
  const count = random.weigh([
    [5, random.below(4)],
    [4, random.below(12)],
    [0.05, 150],
  ]);
  const made = random.times(count, (): Header => [nameOf(random, words), textOf(random, words)]);
  return random.chance(0.2) && made[0] ? [...made, made[0]] : made;
}

function nameOf(random: Random, words: readonly string[]): string {
  return random.weigh<() => string>([
    [5, () => random.pick(names)],
    [4, () => (words.length > 0 ? random.pick(words).toLowerCase() : "x")],
    [1, () => random.pick(["", ":", ":x", "a b", "\0", "x\r\ny", "Ä", "-"])],
    [0.5, () => bytesOf(random, 1 + random.below(5))],
  ])();
}

/** A body in chunks. */
export function chunks(random: Random, words: readonly string[]): string[] {
  const size = random.weigh([
    [6, 12],
    [2, 200],
    [0.1, 70_000],
    [0.02, 1024 * 1024],
  ]);
  return random.times(random.below(5), () =>
    size > 200 ? "z".repeat(random.below(size)) : textOf(random, words) + bytesOf(random, random.below(size)),
  );
}
