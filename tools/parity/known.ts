import type { Seen, SeenRequest } from "../traffic/wire/message.js";
import type { Phase, Program } from "./program.js";

/** All that may differ between the hosts although neither is wrong. Whatever is not here must be equal. */

/** Parts of a line that no two exchanges have in common, and what is put in their place. */
const volatile: readonly { why: string; find: RegExp; put: string }[] = [
  {
    why: "a random number for each request",
    find: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
    put: "<uuid>",
  },
  {
    why: "the time of day",
    find: /(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/g,
    put: "<date>",
  },
  {
    why: "how long the upstream took",
    find: /(x-envoy-upstream-service-time'?[:=] ?['"])\d+/g,
    put: "$1<ms>",
  },
  { why: "ports that the system chose", find: /(127\.0\.0\.1:)\d+/g, put: "$1<port>" },
];

export function evened(line: string): string {
  return volatile.reduce((text, { find, put }) => text.replace(find, put), line);
}

/** Whether a message's body is compared: of one that was cut, more or less may have gone out. */
export function isComparable({ complete }: Seen): boolean {
  return complete;
}

/** Phases in which a request may be given up while its first part is on its way to the upstream. */
const midway: readonly Phase[] = ["rf", "re", "rt", "tick"];

/**
 * Whether a filter ends the exchange on the request's way: the upstream may have all of it by then where its headers
 * said that no body would come, or not.
 */
export function requestMayBeGivenUp(programs: readonly Program[]): boolean {
  const ends = ["reply", "close"];
  return programs
    .flat()
    .some(({ phase, words }) => midway.includes(phase) && ends.includes(String(words[0])));
}

/**
 * A request that the proxy gave up before it was whole: whether its beginning had already gone out depends on how far
 * the connection to the upstream had come.
 */
export function keptRequests(requests: readonly SeenRequest[]): SeenRequest[] {
  return requests.filter((one) => one.complete);
}
