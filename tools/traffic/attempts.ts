/** What Envoy says of a call that a module's capability list does not allow. */
const ATTEMPT = /^Attempted call to restricted (?:proxy-wasm|WASI) capability: (\w+)/;
/** The same as our own logs show it, where the filter may stand in front. */
const SHOWN = /^error (?:[^:]+: )?Attempted call to restricted (?:proxy-wasm|WASI) capability: /;

/** Name of the function that a line of a host's own log says was called and must not be; undefined for other lines. */
export function attemptedCall(text: string): string | undefined {
  return ATTEMPT.exec(text)?.[1];
}

/** Of log lines as `Running.logs` has them, those that tell of calls which were not allowed, each once. */
export function attemptsIn(lines: readonly string[]): string[] {
  return [...new Set(lines.filter((line) => SHOWN.test(line)))];
}
