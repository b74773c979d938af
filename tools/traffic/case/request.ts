import type { Bytes } from "../bytes.js";
import { bytesOf, isMinted, type MintedRequest } from "../mint/index.js";
import { valuesOf, type Line, type Request } from "../wire/message.js";
import type { RawHeaders, RawSend, RawValue } from "./raw.js";
import { payloadOf } from "./values.js";

const DEFAULT_HOST: Line = ["host", "localhost"];

/** What a request with credentials needs to be made again; null for one that is always the same. */
export function remakeOf(raw: RawSend | undefined): (() => Request) | null {
  return raw !== undefined && isMinted(raw) ? () => requestOf(raw) : null;
}

/** The request as it is sent. Credentials in it are made for it, now. */
export function requestOf({ method = "GET", path = "/", headers, ...rest }: RawSend): Request {
  const payload = payloadOf(rest);
  const made: MintedRequest = { method, path: "", lines: [], body: payload.pieces.join("") };
  made.path = bytesOf(path, made);
  payload.lines = headerLines(headers, made);
  return { ...payload, method, path: made.path };
}

/** Lines in the order in which they are written; credentials see all plain ones, wherever those stand. */
function headerLines(headers: RawHeaders | undefined, made: MintedRequest): Line[] {
  const written = pairsOf(headers);
  const plain = written.filter(([, value]) => !isMinted(value)).map((pair) => lineOf(pair, made));
  const host = valuesOf(plain, "host").length === 0 ? [DEFAULT_HOST] : [];
  made.lines = [...host, ...plain];
  return [
    ...host,
    ...written.map((pair) => (isMinted(pair[1]) ? credential(pair, made) : lineOf(pair, made))),
  ];
}

function credential(pair: [RawValue, RawValue], made: MintedRequest): Line {
  const line = lineOf(pair, made);
  made.lines = [...made.lines, line];
  return line;
}

function lineOf([name, value]: [RawValue, RawValue], made: MintedRequest): [Bytes, Bytes] {
  return [bytesOf(name), bytesOf(value, made)];
}

function pairsOf(headers: RawHeaders = {}): [RawValue, RawValue][] {
  if (Array.isArray(headers)) return headers;
  return Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value): [RawValue, RawValue] => [name, value]),
  );
}
