import { connect } from "node:http2";
import type { ClientHttp2Session, ClientHttp2Stream } from "node:http2";
import { bytesOfBuffer } from "../bytes.js";
import { faultOf, inTime } from "./fault.js";
import { openGate } from "./gate.js";
import type { Gate } from "./gate.js";
import { arrived, requestHeaders } from "./http2-lines.js";
import { ROOMY, ended, writeStream } from "./http2-stream.js";
import { emptyResponse } from "./message.js";
import type { Request, SeenResponse } from "./message.js";
import { Ended } from "./reader.js";

/** As `sendHttp1`, with HTTP/2 and prior knowledge. */
export async function sendHttp2(port: number, request: Request, timeoutMs: number): Promise<SeenResponse> {
  const seen = emptyResponse("http2");
  const session = connect(`http://127.0.0.1:${port}`, ROOMY);
  try {
    await inTime(exchange(session, request, seen), timeoutMs, () => awaited(seen));
    seen.complete = true;
  } catch (error) {
    seen.fault = faultOf(error);
  } finally {
    session.destroy();
  }
  return seen;
}

async function exchange(session: ClientHttp2Session, request: Request, seen: SeenResponse): Promise<void> {
  let broken: Error | undefined;
  session.on("error", (error) => (broken = error));
  const bare = request.pieces.length === 0 && request.trailers.length === 0;
  const waitForTrailers = request.trailers.length > 0;
  const stream = session.request(requestHeaders(request), { endStream: bare, waitForTrailers });
  const gate = openGate(request);
  receive(stream, seen, gate);
  if (!bare) void sendBody(stream, request, gate);
  try {
    await ended(stream);
    if (seen.status === 0) throw new Error("the stream ended without an answer");
  } catch (error) {
    throw new Ended((broken ?? (error as Error)).message, false);
  } finally {
    gate.open(false);
  }
}

function receive(stream: ClientHttp2Stream, seen: SeenResponse, gate: Gate): void {
  stream.on("headers", (headers) => {
    seen.informational.push(Number(headers[":status"]));
    gate.open(true);
  });
  stream.on("response", (_headers, _flags, ...raw: unknown[]) => {
    gate.open(false);
    const { pseudo, lines } = arrived(raw[0] as string[]);
    Object.assign(seen, { status: Number(pseudo[":status"]), lines });
  });
  stream.on("data", (data: Buffer) => (seen.body += bytesOfBuffer(data)));
  stream.on("trailers", (_headers, _flags, ...raw: unknown[]) => {
    seen.trailers = arrived(raw[0] as string[]).lines;
  });
}

/** Without a go-ahead the stream is ended empty, so that it can close. */
async function sendBody(stream: ClientHttp2Stream, request: Request, gate: Gate): Promise<void> {
  const wanted = await gate.opened;
  await writeStream(stream, wanted ? request.pieces : [], request.trailers);
}

function awaited(seen: SeenResponse): string {
  if (seen.status === 0) return "the answer's headers";
  return `the body's end (${seen.body.length} bytes came)`;
}
