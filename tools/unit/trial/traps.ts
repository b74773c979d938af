type Call = (...args: never[]) => unknown;

/**
 * A proxy survives a filter's trap; a test should not. What traps in a callback is kept, with the stack that says where,
 * and thrown again in the spec that set it off, after `survive` was called.
 */
export function watchTraps(survive: () => void): {
  /** The same exports, whose traps are noticed. */
  watching(exports: WebAssembly.Exports): WebAssembly.Exports;
  /** The same functions, which throw what was noticed meanwhile. */
  rethrowing<T extends Record<string, Call>>(functions: T): T;
} {
  let noticed: { trap: unknown } | null = null;
  const notice = (trap: unknown): never => {
    noticed ??= { trap };
    throw trap;
  };
  const rethrow = (): void => {
    const found = noticed;
    noticed = null;
    if (!found) return;
    survive();
    throw found.trap;
  };
  return {
    watching: (exports) =>
      mapCalls(
        exports,
        (call) =>
          (...args) =>
            attempt(() => call(...args), notice),
      ),
    rethrowing: (functions) =>
      mapCalls(functions, (call) => (...args) => {
        try {
          return call(...args);
        } finally {
          rethrow();
        }
      }),
  };
}

function attempt(action: () => unknown, failed: (error: unknown) => never): unknown {
  try {
    return action();
  } catch (error) {
    return failed(error);
  }
}

function mapCalls<T extends object>(from: T, wrap: (call: Call) => Call): T {
  const entries = Object.entries(from).map(([name, value]) => [
    name,
    typeof value === "function" ? wrap(value as Call) : value,
  ]);
  return Object.fromEntries(entries) as T;
}
