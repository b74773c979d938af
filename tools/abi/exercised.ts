/** One traffic case, and what of the ABI it made use of in the emulator. */
export interface Exercise {
  /** Relative to the repository, and its line. */
  file: string;
  name: string;
  names: readonly string[];
  /** Why real Envoy does not play it; undefined where it does. */
  notOnEnvoy: string | undefined;
}

/**
 * The case that shows a function best: one that Envoy plays, too, and that uses little else. Among equals the first, so
 * that the choice stays what it is while cases are added behind it.
 */
export function bestCase(name: string, exercises: readonly Exercise[]): Exercise | undefined {
  const those = exercises.filter(({ names }) => names.includes(name));
  const onBoth = those.filter(({ notOnEnvoy }) => notOnEnvoy === undefined);
  const candidates = onBoth.length > 0 ? onBoth : those;
  return candidates.reduce<Exercise | undefined>(
    (best, one) => (best === undefined || one.names.length < best.names.length ? one : best),
    undefined,
  );
}
