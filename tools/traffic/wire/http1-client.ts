import { connect } from "node:net";
import type { Socket } from "node:net";
import { show } from "../bytes.js";
import { faultOf, inTime } from "./fault.js";
import { Malformed, readBody, readHead } from "./http1-read.js";
import { openGate } from "./gate.js";
import type { Gate } from "./gate.js";
import { encode } from "./http1-write.js";
import { emptyResponse, isBodyless } from "./message.js";
import type { Request, SeenResponse } from "./message.js";
import { writePieces } from "./pieces.js";
import { readerOf } from "./reader.js";
import type { Reader } from "./reader.js";

/** Sends a request on a fresh connection; what went wrong is in the answer's `fault`, never thrown. */
export async function sendHttp1(port: number, request: Request, timeoutMs: number): Promise<SeenResponse> {
  const seen = emptyResponse("http1");
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  const reader = readerOf(socket);
  try {
    await inTime(exchange(socket, reader, request, seen), timeoutMs, reader.awaited);
    seen.complete = true;
    seen.fault = leftOver(reader);
  } catch (error) {
    seen.fault = faultOf(error);
  } finally {
    socket.destroy();
  }
  return seen;
}

async function exchange(socket: Socket, reader: Reader, request: Request, seen: SeenResponse): Promise<void> {
  const gate = openGate(request);
  let done = false;
  const sent = write(socket, request, gate, () => !done);
  try {
    await readResponse(reader, request, seen, gate);
  } finally {
    done = true;
    gate.open(false);
    await sent;
  }
}

async function readResponse(reader: Reader, request: Request, seen: SeenResponse, gate: Gate): Promise<void> {
  for (;;) {
    const head = await readHead(reader, "the answer");
    const status = statusOf(head.start);
    const final = status === 101 || status >= 200;
    gate.open(!final);
    if (final) {
      Object.assign(seen, { status, lines: head.lines });
      break;
    }
    seen.informational.push(status);
  }
  if (!isBodyless(request.method, seen.status)) await readBody(reader, seen, true);
}

function statusOf(start: string): number {
  const digits = /^HTTP\/1\.[01] (\d{3})( .*)?$/.exec(start)?.[1];
  if (digits === undefined) throw new Malformed(`not a status line: ${show(start)}`);
  return Number(digits);
}

async function write(socket: Socket, request: Request, gate: Gate, goesOn: () => boolean): Promise<void> {
  const { head, body } = encode(`${request.method} ${request.path} HTTP/1.1`, request);
  await writePieces(socket, [head]);
  if (await gate.opened) await writePieces(socket, body, goesOn);
}

/** Bytes after the answer's end belong to nobody: the mark of wrong framing. */
function leftOver(reader: Reader): SeenResponse["fault"] {
  const rest = reader.pending();
  if (rest === "") return undefined;
  return { kind: "malformed", text: `${rest.length} bytes after the answer's end: ${show(rest)}` };
}
