import { constants, createServer } from "node:http2";
import type { Http2Server, ServerHttp2Stream } from "node:http2";
import { setTimeout as sleep } from "node:timers/promises";
import { bytesOfBuffer } from "../bytes.js";
import { expectsContinue } from "./gate.js";
import { arrived, headersOf, lengthOf } from "./http2-lines.js";
import { ROOMY, ended, writeStream } from "./http2-stream.js";
import { emptyRequest, isBodyless } from "./message.js";
import type { Response, SeenRequest } from "./message.js";
import type { Desk } from "./upstream.js";

/** The HTTP/2 half of the upstream; connections are handed to it. */
export function http2Upstream(desk: Desk): Http2Server {
  const server = createServer(ROOMY);
  server.on("stream", (stream, _headers, _flags, ...raw: unknown[]) => {
    const { pseudo, lines } = arrived(raw[0] as string[]);
    const target = { method: pseudo[":method"] ?? "", path: pseudo[":path"] ?? "" };
    const seen: SeenRequest = { ...emptyRequest("http2"), ...target, lines };
    desk.requests.push(seen);
    if (expectsContinue(seen)) stream.additionalHeaders({ ":status": 100 });
    receive(stream, seen, () => void answer(stream, seen, desk.answer()));
  });
  server.on("sessionError", (error: NodeJS.ErrnoException) => {
    if (error.code?.startsWith("ERR_HTTP2")) desk.faults.push(`no HTTP/2: ${error.message}`);
  });
  return server;
}

function receive(stream: ServerHttp2Stream, seen: SeenRequest, whole: () => void): void {
  stream.on("data", (data: Buffer) => (seen.body += bytesOfBuffer(data)));
  stream.on("trailers", (_headers, _flags, ...raw: unknown[]) => {
    seen.trailers = arrived(raw[0] as string[]).lines;
  });
  stream.on("end", () => {
    if (stream.aborted || stream.destroyed) return;
    seen.complete = true;
    whole();
  });
  ended(stream).catch((error: Error) => {
    if (!seen.complete) seen.fault = { kind: "cut", text: error.message };
  });
}

async function answer(stream: ServerHttp2Stream, seen: SeenRequest, response: Response): Promise<void> {
  const bodyless = isBodyless(seen.method, response.status);
  const trailers = bodyless || response.breaks ? [] : response.trailers;
  if (response.stalls) return;
  await sleep(response.delayMs ?? 0);
  if (stream.destroyed) return;
  stream.respond({ ":status": response.status, ...headersOf([...response.lines, ...lengthOf(response)]) }, {
    endStream: bodyless,
    waitForTrailers: trailers.length > 0,
    sendDate: false,
  } as object);
  if (response.breaks) return stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  if (!bodyless) await writeStream(stream, response.pieces, trailers);
}
