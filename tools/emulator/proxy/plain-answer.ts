import { STATUS_CODES } from "node:http";

/** An answer to what never became a request: bytes for the socket, after which it closes. */
export function plainAnswer(status: number, body = ""): string {
  const type = body === "" ? "" : "content-type: text/plain\r\n";
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-length: ${body.length}\r\n${type}`;
  return `${head}date: ${new Date().toUTCString()}\r\nserver: envoy\r\nconnection: close\r\n\r\n${body}`;
}
