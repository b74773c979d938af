import { fromBytes } from "./bytes.js";
import type { ByteBuffer } from "./http/byte-buffer.js";
import type { Sink } from "./http/filter.js";
import type { HeaderMap } from "./http/header-map.js";
import type { Header, Message } from "./types.js";

/** An end of a stream that keeps what reaches it. */
export class Recorder implements Sink {
  readonly #message: Message = { headers: [], body: "", trailers: [], started: false, ended: false };

  message(): Message {
    return structuredClone(this.#message);
  }

  headers(map: HeaderMap, end: boolean): void {
    this.#message.headers = copy(map);
    this.#message.started = true;
    this.#message.ended = end;
  }

  data(chunk: ByteBuffer, end: boolean): void {
    this.#message.body += fromBytes(chunk.take());
    this.#message.ended = end;
  }

  trailers(map: HeaderMap): void {
    this.#message.trailers = copy(map);
    this.#message.ended = true;
  }

  reset(): void {}
}

function copy(map: HeaderMap): Header[] {
  return map.pairs();
}
