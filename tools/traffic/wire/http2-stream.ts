import type { Http2Stream } from "node:http2";
import type { Bytes } from "../bytes.js";
import { headersOf } from "./http2-lines.js";
import type { Line } from "./message.js";
import { writePieces } from "./pieces.js";

const LARGEST_HEADERS = 1 << 20;

/** Session settings with room for more headers than any host lets through. */
export const ROOMY = {
  maxHeaderListPairs: 4096,
  maxSendHeaderBlockLength: LARGEST_HEADERS,
  settings: { maxHeaderListSize: LARGEST_HEADERS },
};

/** Each piece becomes a DATA frame of its own. A stream with trailers must have been opened to wait for them. */
export async function writeStream(stream: Http2Stream, pieces: Bytes[], trailers: Line[]): Promise<void> {
  stream.on("wantTrailers", () => stream.sendTrailers(headersOf(trailers)));
  const written = pieces.filter((piece) => piece !== "");
  await writePieces(stream, written);
  if (stream.writable) stream.end();
}

/** Resolves when the stream has ended well; rejects with what is known of its reset. */
export function ended(stream: Http2Stream): Promise<void> {
  let reason = "";
  stream.on("error", (error) => (reason = error.message));
  return new Promise((resolve, reject) => {
    stream.on("close", () => {
      // A server that answered in full may reset without an error what the client still had to send.
      if (stream.rstCode === 0 && (!stream.aborted || stream.readableEnded)) resolve();
      else reject(new Error(reason || `the stream was reset with code ${stream.rstCode}`));
    });
  });
}
