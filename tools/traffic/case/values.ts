import { bytesOfBase64, bytesOfText } from "../bytes.js";
import { bytesOf } from "../mint/index.js";
import type { Line, Payload } from "../wire/message.js";
import type { RawExpectedHeaders, RawHeaders, RawMatch, RawPayload } from "./raw.js";
import type { HeaderExpectation, Match } from "./types.js";

export function linesOf(headers: RawHeaders = {}): Line[] {
  if (Array.isArray(headers)) return headers.map(([name, value]) => [bytesOf(name), bytesOf(value)]);
  return Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one): Line => [bytesOfText(name), bytesOf(one)]),
  );
}

export function payloadOf(raw: RawPayload): Payload {
  const pieces = raw.chunks ?? (raw.body === undefined ? [] : [raw.body]);
  const trailers = linesOf(raw.trailers);
  return {
    lines: linesOf(raw.headers),
    pieces: pieces.map((piece) => bytesOf(piece)),
    chunked: raw.chunks !== undefined || trailers.length > 0,
    trailers,
  };
}

export function matchOf(raw: RawMatch): Match {
  if (typeof raw === "string") return { kind: "equals", bytes: bytesOfText(raw) };
  if (raw.matches !== undefined) return { kind: "matches", pattern: new RegExp(raw.matches, "u") };
  if (raw.contains !== undefined) return { kind: "contains", bytes: bytesOf(raw.contains) };
  return { kind: "equals", bytes: bytesOfBase64(raw.base64 ?? "") };
}

export function expectedHeaders(raw: RawExpectedHeaders = {}): HeaderExpectation[] {
  if (!Array.isArray(raw)) {
    return Object.entries(raw).map(([name, value]) => ({ name, values: [value].flat().map(matchOf) }));
  }
  const names = [...new Set(raw.map(([name]) => name.toLowerCase()))];
  return names.map((name) => {
    const lines = raw.filter((line) => line[0].toLowerCase() === name);
    return { name, values: lines.map((line) => matchOf(line[1])) };
  });
}

/** Milliseconds of a duration such as 500ms or 15s. */
export function millisecondsOf(duration: string): number {
  return parseFloat(duration) * (duration.endsWith("ms") ? 1 : 1000);
}
