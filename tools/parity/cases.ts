import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { bytesOfText } from "../traffic/bytes.js";
import type { Line, Payload, Protocol } from "../traffic/wire/message.js";
import { packageRoot } from "../package-root.js";
import { parsed } from "./program.js";
import type { Sequence } from "./sequence.js";

/** A case as the file has it; what is left out is empty, GET, 200, HTTP/1.1 or one filter that is told of headers first. */
interface RawCase {
  name: string;
  client?: Protocol;
  upstream?: Protocol;
  body_first?: boolean[];
  request?: RawMessage & { method?: string; path?: string };
  response?: RawMessage & { status?: number };
  /** For each filter, its operations in the order of their phases. */
  filters: string[][];
}

interface RawMessage {
  headers?: [string, string][];
  pieces?: string[];
  chunked?: boolean;
  trailers?: [string, string][];
}

const file = join(packageRoot, "tests/parity/cases.yaml");

/** Sequences on which the hosts once differed: those come before all random ones. */
export function committedCases(): Sequence[] {
  return (parse(readFileSync(file, "utf8")) as RawCase[]).map(sequenceOfCase);
}

function sequenceOfCase(raw: RawCase, index: number): Sequence {
  const { request = {}, response = {}, filters } = raw;
  const host: Line = ["host", "a.example"];
  const payload = payloadOf(request);
  return {
    name: raw.name,
    seed: 0,
    index,
    stage: { upstream: raw.upstream ?? "http1", bodyFirst: raw.body_first ?? filters.map(() => false) },
    programs: filters.map((lines) => lines.map(parsed)),
    protocol: raw.client ?? "http1",
    request: {
      ...payload,
      lines: [host, ...payload.lines],
      method: request.method ?? "GET",
      path: `/${index}${request.path ?? ""}`,
    },
    response: { ...payloadOf(response), status: response.status ?? 200 },
  };
}

function payloadOf({ headers = [], pieces = [], chunked = false, trailers = [] }: RawMessage): Payload {
  return { lines: headers.map(line), pieces: pieces.map(bytesOfText), chunked, trailers: trailers.map(line) };
}

function line([name, value]: [string, string]): Line {
  return [bytesOfText(name), bytesOfText(value)];
}
