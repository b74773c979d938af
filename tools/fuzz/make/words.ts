import type { Random } from "../../parity/random.js";

/** Texts and names of settings that stand in a configuration, for messages that mean something to the filter. */
export function wordsIn(configuration: string): string[] {
  const words = configuration.match(/[\w.:/@-]{1,60}/g) ?? [];
  return [...new Set(words)].filter((word) => !/^\d+$/.test(word));
}

const oddTexts = [
  "",
  "\0",
  "a\r\nx-injected: 1",
  "\xff\xfe\x80",
  "\xed\xa0\x80", // a surrogate on its own
  "\xf4\x90\x80\x80", // beyond Unicode
  "\xc0\xaf",
  "\xe2\x82",
  "%",
  "%2",
  "%zz%00%0d%0a",
  "Bearer ",
  "=;=;=",
  "a=b; a=b; ;",
  '"',
  ",,,",
  "18446744073709551616",
  "-1",
  "NaN",
];

/** A byte string: plain, odd or of random bytes, once in a while a long one. */
export function textOf(random: Random, words: readonly string[]): string {
  return random.weigh<() => string>([
    [4, () => (words.length > 0 ? random.pick(words) : "x")],
    [2, () => random.pick(oddTexts)],
    [2, () => bytesOf(random, random.below(20))],
    [1, () => `${random.pick(words.length > 0 ? words : ["x"])}${random.pick(oddTexts)}`],
    [0.05, () => "y".repeat(random.pick([1000, 65_535, 65_536, 65_537, 200_000]))],
  ])();
}

/** Random bytes as a byte string. */
export function bytesOf(random: Random, count: number): string {
  return String.fromCharCode(...random.times(count, () => random.below(256)));
}
