import { once } from "node:events";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { show } from "../bytes.js";
import { faultOf } from "./fault.js";
import { expectsContinue } from "./gate.js";
import { Malformed, readBody, readHead } from "./http1-read.js";
import { encode } from "./http1-write.js";
import { emptyRequest, isBodyless } from "./message.js";
import type { Response, SeenRequest } from "./message.js";
import { writePieces } from "./pieces.js";
import { readerOf } from "./reader.js";
import type { Reader } from "./reader.js";
import type { Desk } from "./upstream.js";

/** Serves requests on one connection, one after the other, until it ends. */
export async function serveHttp1(socket: Socket, desk: Desk): Promise<void> {
  const reader = readerOf(socket);
  let current: SeenRequest | null = null;
  const inspect = (): void => {
    if (current === null && reader.pending() !== "") dropLeftOver(socket, reader, desk, inspect);
  };
  const noteHead = (seen: SeenRequest): void => {
    current = seen;
    desk.requests.push(seen);
  };
  desk.inspections.add(inspect);
  try {
    for (;;) {
      const request = await readRequest(socket, reader, noteHead);
      await answer(socket, request, desk.answer());
      current = null;
    }
  } catch (error) {
    if (error instanceof Malformed && current === null) desk.faults.push(error.message);
    if (desk.inspections.has(inspect)) inspect();
    socket.destroy();
  } finally {
    desk.inspections.delete(inspect);
  }
}

/** Once told of, the bytes are not told of again when the connection's end wakes its reader. */
function dropLeftOver(socket: Socket, reader: Reader, desk: Desk, inspect: () => void): void {
  desk.inspections.delete(inspect);
  const rest = reader.pending();
  desk.faults.push(`${rest.length} bytes that are no whole request: ${show(rest)}`);
  socket.destroy();
}

async function readRequest(socket: Socket, reader: Reader, noteHead: (seen: SeenRequest) => void) {
  const head = await readHead(reader, "a request");
  const seen: SeenRequest = { ...emptyRequest("http1"), ...targetOf(head.start), lines: head.lines };
  noteHead(seen);
  try {
    if (expectsContinue(seen)) socket.write("HTTP/1.1 100 Continue\r\n\r\n");
    await readBody(reader, seen, false);
    seen.complete = true;
  } catch (error) {
    seen.fault = faultOf(error);
    throw error;
  }
  return seen;
}

function targetOf(start: string): Pick<SeenRequest, "method" | "path"> {
  const parts = /^([^ ]+) (.*) HTTP\/1\.[01]$/s.exec(start);
  if (parts === null) throw new Malformed(`not a request line: ${show(start)}`);
  return { method: parts[1]!, path: parts[2]! };
}

async function answer(socket: Socket, request: SeenRequest, response: Response): Promise<void> {
  const { head, body } = encode(
    `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ""}`,
    response,
  );
  if (response.stalls) await once(socket, "close");
  await sleep(response.delayMs ?? 0);
  await writePieces(socket, [head]);
  const pieces = response.breaks ? body.slice(0, 1) : body;
  if (!isBodyless(request.method, response.status)) await writePieces(socket, pieces);
  if (response.breaks) socket.destroy();
}
