/** Runs that take long: `npm test` makes short ones of them, `npm run test:long` does not. */
export const counts = {
  /** Runs of the fuzzer for each filter. */
  fuzz: { short: 100, long: 100_000 },
  /** The same for filters that only tests have. */
  fuzzOfTestFilters: { short: 100, long: 10_000 },
  /** Requests for each filter that Envoy has one of its own for. */
  againstNative: { short: 100, long: 1000 },
  /** Functions of each filter in which a trap is set; all that requests reach in the long run. */
  traps: { short: 3, long: Infinity },
  /** Times that are measured of each comparison: none in the short run, which counts instructions. */
  times: { short: 0, long: 1_000_000 },
} as const;

/** What was short, and how it would be long. */
export function shortenedLines(): string[] {
  const { fuzz, againstNative, traps, times } = counts;
  const number = (count: number): string => count.toLocaleString("en-US");
  return [
    "Shortened; npm run test:long does it in full:",
    `  fuzzing: ${number(fuzz.short)} runs of each filter in place of ${number(fuzz.long)}`,
    `  filters against Envoy's own: ${number(againstNative.short)} requests of each in place of ${number(againstNative.long)}`,
    `  traps on Envoy: in ${number(traps.short)} functions of each filter in place of all that requests reach`,
    `  constant time: instructions counted; not ${number(times.long)} times of each comparison measured`,
  ];
}
