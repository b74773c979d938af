import { Text, copy_text } from "./harness";

/** The text that a harness function left with the runner, null where it returned -1. */
export function fetch(length: Text): string | null {
  if (length < 0) return null;
  const text = changetype<string>(__new((<usize>length) << 1, idof<string>()));
  copy_text(changetype<usize>(text));
  return text;
}

/** The same where null cannot be. */
export function fetchText(length: Text): string {
  const text = fetch(length);
  return text === null ? "" : text;
}
