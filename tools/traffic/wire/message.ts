import type { Bytes } from "../bytes.js";

/** One header or trailer line. Repeated names are repeated lines. */
export type Line = readonly [name: Bytes, value: Bytes];

export type Protocol = "http1" | "http2";

/** What of a message follows its start line, to be sent. */
export interface Payload {
  lines: Line[];
  /** Sent one by one, with a pause between them. */
  pieces: Bytes[];
  /** Without an announced length, although it may be one piece. */
  chunked: boolean;
  trailers: Line[];
}

export interface Request extends Payload {
  method: string;
  path: Bytes;
}

export interface Response extends Payload {
  status: number;
  /** Nothing is answered at all. */
  stalls?: boolean | undefined;
  /** How long it takes until the answer begins. */
  delayMs?: number | undefined;
  /** It breaks off before its end. */
  breaks?: boolean | undefined;
}

/** What the upstream answers unless told otherwise. */
export const DEFAULT_ANSWER: Response = {
  status: 200,
  lines: [],
  pieces: ["hello\n"],
  chunked: false,
  trailers: [],
};

/** Why a message did not arrive whole. */
export interface Fault {
  kind: "cut" | "timeout" | "malformed" | "unreachable";
  text: string;
}

/** What arrived of a message. */
export interface Seen {
  protocol: Protocol;
  /** In HTTP/2 the authority is shown as the line "host". */
  lines: Line[];
  body: Bytes;
  trailers: Line[];
  complete: boolean;
  fault?: Fault;
}

export interface SeenRequest extends Seen {
  method: string;
  path: Bytes;
}

export interface SeenResponse extends Seen {
  /** 0 when no status came. */
  status: number;
  /** 1xx statuses that came before it. */
  informational: number[];
}

export function valuesOf(lines: readonly Line[], name: string): Bytes[] {
  return lines.filter((line) => line[0].toLowerCase() === name.toLowerCase()).map((line) => line[1]);
}

export function emptyResponse(protocol: Protocol): SeenResponse {
  return { protocol, status: 0, informational: [], lines: [], body: "", trailers: [], complete: false };
}

export function emptyRequest(protocol: Protocol): SeenRequest {
  return { protocol, method: "", path: "", lines: [], body: "", trailers: [], complete: false };
}

/** Whether HTTP gives the answer no body, whatever its headers announce. */
export function isBodyless(method: string, status: number): boolean {
  return method === "HEAD" || status === 204 || status === 304 || (status >= 100 && status < 200);
}
