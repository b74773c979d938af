/** One traffic case, and what of the ABI it made use of in the emulator. */
export interface Exercise {
  /** Relative to the repository, and its line. */
  file: string;
  name: string;
  names: readonly string[];
  /** Why real Envoy does not play it; undefined where it does. */
  notOnEnvoy: string | undefined;
}

/** Names of the cases that a page shows now, by function. */
export type Shown = ReadonlyMap<string, string>;

/**
 * The case that shows a function: the one that the page names already, as long as it does; else the best one, which Envoy
 * plays, too, and which uses little else. What else a case uses may depend on time, on how often a timer fires for example.
 */
export function bestCase(
  name: string,
  exercises: readonly Exercise[],
  shown: Shown = new Map(),
): Exercise | undefined {
  const those = exercises.filter(({ names }) => names.includes(name));
  const onBoth = those.filter(({ notOnEnvoy }) => notOnEnvoy === undefined);
  const candidates = onBoth.length > 0 ? onBoth : those;
  const present = candidates.find((one) => one.name === shown.get(name));
  if (present) return present;
  return candidates.reduce<Exercise | undefined>(
    (best, one) => (best === undefined || one.names.length < best.names.length ? one : best),
    undefined,
  );
}
