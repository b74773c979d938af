import type { Bytes } from "../../traffic/bytes.js";
import type { Line } from "../../traffic/wire/message.js";
import type { Random } from "../random.js";

const long = (length: number) => "long-".repeat(Math.ceil(length / 5)).slice(0, length);

/** Header names without a meaning of their own for HTTP, and names that Envoy keeps one value of. */
const plainNames = ["x-a", "x-b", "X-Mixed-Case", "set-cookie", "x-envoy-retry-on", "warning"];
const inlineNames = ["accept", "via", "cache-control", "origin", "etag", "vary", "grpc-message", "server"];

/** Names whose lines may be repeated by each client and server here. */
export const repeatable = ["x-a", "x-b", "set-cookie", "accept", "via", "cache-control", "warning"];
const single = ["content-type", "user-agent", "referer", "authorization"];

/** A header that a peer sends. */
export function sentHeader(random: Random): Line {
  if (random.chance(0.12)) return random.pick(meaningful);
  const name = random.pick([...repeatable, ...single, "x-forwarded-for", "x-request-id", "x-c"]);
  if (name === "referer" && random.chance(0.7)) return [name, random.pick(referers)];
  return [name, sentValue(random)];
}

/** Headers that mean something to a proxy. */
const meaningful: readonly Line[] = [
  ["te", "trailers"],
  ["cookie", "a=1; b=2"],
  ["x-forwarded-proto", "https"],
  ["x-envoy-internal", "true"],
  ["x-envoy-expected-rq-timeout-ms", "7"],
  ["x-envoy-retry-on", "5xx"],
  ["x-envoy-original-path", "/elsewhere"],
  ["x-envoy-upstream-service-time", "12345"],
  ["x-envoy-decorator-operation", "other"],
  ["server", "mine"],
  ["x-envoy-external-address", "10.1.2.3"],
];

const referers = [
  "http://a.example/x?y#z",
  "https://b.example:8443",
  "/relative",
  "http:///x",
  "http://a b/",
  "ftp://u@c",
];

/** A header that a filter reads or removes. */
export function readName(random: Random, pseudo: readonly Bytes[]): Bytes {
  return random.pick([
    ...plainNames,
    ...inlineNames,
    ...single,
    ...pseudo,
    "content-length",
    "missing",
    "Host",
  ]);
}

/** A header that a filter writes: none that would change how the body is framed. */
export function writtenName(random: Random): Bytes {
  return random.pick([...plainNames, ...plainNames, ...inlineNames, ...single, "x-request-id"]);
}

/** A header that a filter adds to those of its name: Node's HTTP/2 could not send some of them twice. */
export function addedName(random: Random): Bytes {
  return random.pick([...repeatable, "X-Mixed-Case", "x-envoy-retry-on", "origin", "vary", "x-c"]);
}

/** As peers can send it over each protocol. */
export function sentValue(random: Random): Bytes {
  return random.pick([
    "",
    "1",
    "two words",
    "a,b",
    "k=v; Path=/",
    "\xc3\xa4\xff\x80",
    "tab\there",
    long(300),
    long(3000),
  ]);
}

export function writtenValue(random: Random): Bytes {
  return random.pick(["", "0", "two words", "a, b", "\xff\xfe", "caf\xc3\xa9", "%41", long(120), long(5000)]);
}

/** A body, or what takes the place of a part of one. */
export function content(random: Random): Bytes {
  return random.pick(["", "!", "hello", "\0\xff\n", long(200), long(2000)]);
}

export function contentOfSize(size: number): Bytes {
  return "0123456789abcdef".repeat(Math.ceil(size / 16)).slice(0, size);
}
