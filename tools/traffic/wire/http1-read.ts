import { show } from "../bytes.js";
import type { Bytes } from "../bytes.js";
import { valuesOf } from "./message.js";
import type { Line, Seen } from "./message.js";
import { Ended } from "./reader.js";
import type { Reader } from "./reader.js";

/** Bytes that are no HTTP/1.1. */
export class Malformed extends Error {}

export interface Head {
  start: Bytes;
  lines: Line[];
}

/** Start line and header lines. `what` names the message. */
export async function readHead(reader: Reader, what: string): Promise<Head> {
  const start = await reader.through("\r\n", `${what}'s start line`);
  const lines = await readLines(reader, `${what}'s headers`);
  return { start: start.slice(0, -2), lines };
}

/** Reads what follows the head into `seen`, so that a message cut short shows what came of it. */
export async function readBody(reader: Reader, seen: Seen, untilClose: boolean): Promise<void> {
  if (isChunked(seen.lines)) return readChunks(reader, seen);
  const announced = valuesOf(seen.lines, "content-length")[0];
  if (announced !== undefined) return readLength(reader, seen, lengthOf(announced));
  if (untilClose) return readUntilClose(reader, seen);
}

function isChunked(lines: readonly Line[]): boolean {
  return valuesOf(lines, "transfer-encoding").some((value) => /(^|[,\s])chunked$/i.test(value));
}

function lengthOf(value: Bytes): number {
  if (!/^\d{1,15}$/.test(value)) throw new Malformed(`content-length is ${show(value)}`);
  return Number(value);
}

async function readLength(reader: Reader, seen: Seen, length: number): Promise<void> {
  while (seen.body.length < length) {
    const what = `the body's rest (${seen.body.length} of ${length} bytes came)`;
    seen.body += await reader.some(length - seen.body.length, what);
  }
}

async function readChunks(reader: Reader, seen: Seen): Promise<void> {
  for (;;) {
    const line = await reader.through("\r\n", `the body's next chunk (${seen.body.length} bytes came)`);
    const size = chunkSize(line.slice(0, -2));
    if (size === 0) break;
    await readLength(reader, seen, seen.body.length + size);
    await readChunkEnd(reader);
  }
  seen.trailers = await readLines(reader, "the trailers");
}

async function readChunkEnd(reader: Reader): Promise<void> {
  let end = "";
  while (end.length < 2) end += await reader.some(2 - end.length, "the end of a chunk");
  if (end !== "\r\n") throw new Malformed(`a chunk is longer than its size: ${show(end)} follows it`);
}

function chunkSize(line: Bytes): number {
  const digits = /^([0-9a-fA-F]{1,12})\s*(;.*)?$/.exec(line)?.[1];
  if (digits === undefined) throw new Malformed(`a chunk's size is ${show(line)}`);
  return parseInt(digits, 16);
}

async function readUntilClose(reader: Reader, seen: Seen): Promise<void> {
  try {
    for (;;) seen.body += await reader.some(Infinity, `the body's end (${seen.body.length} bytes came)`);
  } catch (error) {
    if (!(error instanceof Ended) || !error.clean) throw error;
  }
}

async function readLines(reader: Reader, what: string): Promise<Line[]> {
  const lines: Line[] = [];
  for (;;) {
    const line = await reader.through("\r\n", what);
    if (line === "\r\n") return lines;
    lines.push(splitLine(line.slice(0, -2)));
  }
}

function splitLine(line: Bytes): Line {
  const colon = line.indexOf(":");
  if (colon < 1 || /^[ \t]/.test(line)) throw new Malformed(`not a header line: ${show(line)}`);
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, "")];
}
