import { bytesOfText, type Bytes } from "../../traffic/bytes.js";
import { whyNotSent } from "../../traffic/wire/http2-lines.js";
import type { Line, Request } from "../../traffic/wire/message.js";
import type { Random } from "../../parity/random.js";
import type { Sent } from "../pair.js";

export const host: Line = ["host", "shop.example"];

/** A request without a body, over HTTP/2 where that can say it and chance wants it. */
export function sending(
  random: Random,
  method: string,
  path: Bytes,
  lines: readonly Line[],
  answer: Sent["answer"] = { status: 200, lines: [] },
): Sent {
  const own = lines.some(([name]) => name.toLowerCase() === "host") ? [] : [host];
  const request: Request = {
    method,
    path,
    lines: [...own, ...lines],
    pieces: [],
    chunked: false,
    trailers: [],
  };
  const isHttp2 = random.chance(0.3) && whyNotSent(request) === null;
  return { protocol: isHttp2 ? "http2" : "http1", request, answer };
}

/** Text as its UTF-8 bytes. */
export function line(name: string, value: string): Line {
  return [bytesOfText(name), bytesOfText(value)];
}

const oddBytes = [
  "\x01",
  "\x7f",
  "\x80",
  "\xff",
  "\xc3\xa9",
  "\t",
  ",",
  ";",
  '"',
  "%",
  "\\",
  "@",
  " ",
  "\u00a0",
];

/** The value, with something about it that is not quite right: bytes that go, come, change, stand elsewhere or twice. */
export function mutated(random: Random, value: Bytes): Bytes {
  const at = random.below(value.length + 1);
  const piece = random.pick(oddBytes);
  return random.pick<() => Bytes>([
    () => value.slice(0, at) + piece + value.slice(at),
    () => value.slice(0, at) + value.slice(at + 1),
    () => value.slice(0, at),
    () => value.slice(at),
    () => value.toUpperCase(),
    () => value.toLowerCase(),
    () => value + value,
    () => ` ${value} `,
    () => `${value},${value}`,
    () => value.slice(0, at) + swapped(value.charAt(at)) + value.slice(at + 1),
  ])();
}

function swapped(character: string): string {
  if (character === "") return "";
  return character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase();
}

/** A name in odd case. */
export function oddCase(random: Random, name: string): string {
  return [...name].map((letter) => (random.chance(0.5) ? letter.toUpperCase() : letter)).join("");
}

/** Values of a header in a request. */
export function valuesIn({ request }: Sent, name: string): Bytes[] {
  return request.lines.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
}

/** A value as a server sees it: without blanks around it. */
export function trimmed(value: Bytes): Bytes {
  return value.replace(/^[ \t]+|[ \t]+$/g, "");
}
