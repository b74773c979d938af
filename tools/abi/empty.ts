import { bestCase, type Exercise } from "./exercised.js";
import { callbacks, hostFunctions } from "./rows.js";

/** Rows that no case shows, or only cases that real Envoy does not play although it could. */
export function emptyRows(exercises: readonly Exercise[]): string[] {
  return [...hostFunctions, ...callbacks].flatMap((row) => {
    const shown = bestCase(row.name, exercises);
    if (row.elsewhere) return [];
    if (shown === undefined) return [`${row.name}: no case makes use of it`];
    const lacksEnvoy = shown.notOnEnvoy !== undefined && row.notOnEnvoy === undefined;
    return lacksEnvoy ? [`${row.name}: no case of it plays on real Envoy`] : [];
  });
}
