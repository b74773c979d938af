import { show } from "../bytes.js";
import type { Match } from "../case/types.js";
import { matches, showMatch } from "../play/match.js";
import type { Wire } from "./wire.js";

// What a wire must show: each gives null, or a sentence on what was seen in its place.

/** Waits for the next bytes: exactly as many as the text has, or as many as it takes until they match. */
export async function sees(wire: Wire, match: Match, limitMs: number): Promise<string | null> {
  const enough = () =>
    match.kind === "equals" ? wire.pending().length >= match.bytes.length : matches(match, wire.pending());
  await wire.until(() => enough() || wire.ended(), limitMs);
  const count = match.kind === "equals" ? match.bytes.length : wire.pending().length;
  const seen = wire.pending().slice(0, count);
  if (!matches(match, seen))
    return `expected ${showMatch(match)}, saw ${seen === "" ? "nothing" : show(seen)}${ending(wire)}`;
  wire.take(count);
  return null;
}

export async function seesNothing(wire: Wire, forMs: number): Promise<string | null> {
  await wire.until(() => wire.pending() !== "" || wire.ended(), forMs);
  if (wire.pending() !== "") return `expected nothing, saw ${show(wire.pending())}`;
  return wire.ended() ? "expected nothing, saw the end" : null;
}

/** The peer's end, however it comes, right behind what was seen before. */
export async function seesEnd(wire: Wire, limitMs: number): Promise<string | null> {
  await wire.until(() => wire.pending() !== "" || wire.ended(), limitMs);
  if (wire.pending() !== "") return `expected the end, saw ${show(wire.pending())}`;
  return wire.ended() ? null : "expected the end, saw nothing";
}

function ending(wire: Wire): string {
  return wire.ended() ? ", then the end" : "";
}
