import type { SpecResult } from "../types.js";

/** The result of a spec that could not run to its end. */
export function failed(spec: string, details: string[]): SpecResult {
  return { spec, ok: false, tests: 0, passed: 0, todos: 0, milliseconds: 0, details, coverage: [] };
}
