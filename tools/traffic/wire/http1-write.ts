import type { Bytes } from "../bytes.js";
import { valuesOf } from "./message.js";
import type { Line, Payload } from "./message.js";

/** A message's head, and its body as it goes on the wire. */
export interface Encoded {
  head: Bytes;
  body: Bytes[];
}

/** Header lines exactly as given and in order; framing is added only where they have none. */
export function encode(start: Bytes, payload: Payload): Encoded {
  const lines = [...payload.lines, ...framingOf(payload)];
  const head = `${start}\r\n${lines.map(lineOf).join("")}\r\n`;
  const body = isEncoded(payload) ? chunked(payload) : payload.pieces;
  return { head, body: body.filter((piece) => piece !== "") };
}

/** Framing that a case writes itself is the point of that case: nothing is added to it. */
function framingOf(payload: Payload): Line[] {
  if (hasOwnFraming(payload)) return [];
  if (payload.chunked) return [["transfer-encoding", "chunked"]];
  if (payload.pieces.length === 0) return [];
  return [["content-length", String(payload.pieces.join("").length)]];
}

function hasOwnFraming(payload: Payload): boolean {
  return ["content-length", "transfer-encoding"].some((name) => valuesOf(payload.lines, name).length > 0);
}

function isEncoded(payload: Payload): boolean {
  return payload.chunked && valuesOf(payload.lines, "content-length").length === 0;
}

function chunked(payload: Payload): Bytes[] {
  const pieces = payload.pieces.filter((piece) => piece !== "");
  const chunks = pieces.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`);
  return [...chunks, `0\r\n${payload.trailers.map(lineOf).join("")}\r\n`];
}

function lineOf([name, value]: Line): Bytes {
  return value === "" ? `${name}:\r\n` : `${name}: ${value}\r\n`;
}
