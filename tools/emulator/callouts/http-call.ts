import type { Clock } from "../clock.js";
import { HeaderMap } from "../http/header-map.js";
import type { ResponseEvents, Upstream, UpstreamStream } from "../proxy/upstream.js";
import type { Header } from "../types.js";
import { failedAnswer, lateAnswer, type Answer } from "./answer.js";
import { answeredLines, routedLines } from "./lines.js";
import { deadline, openStream } from "./open.js";

export interface CallRequest {
  headers: Header[];
  body: Uint8Array;
  /** 0: none. */
  timeoutMs: number;
}

/** A request of a guest's, under way. */
export class HttpCall {
  readonly #startedAt: bigint;
  readonly #stream: UpstreamStream;
  readonly #forget: () => void;
  readonly #parts: Uint8Array[] = [];
  #headers: HeaderMap | null = null;
  #over = false;

  /** `done` gets the answer once; null where it broke off after its headers. */
  constructor(
    callee: Upstream,
    { headers, body, timeoutMs }: CallRequest,
    private readonly clock: Clock,
    private readonly done: (answer: Answer | null) => void,
  ) {
    this.#startedAt = clock.now();
    this.#forget = deadline(clock, timeoutMs, () => this.#late());
    const map = new HeaderMap("request", headers);
    if (body.length > 0) map.put("content-length", String(body.length));
    this.#stream = openStream(callee, routedLines(map, timeoutMs), body.length === 0, this.#events());
    if (body.length > 0) this.#stream.data(body, true);
  }

  cancel(): void {
    this.#end();
    this.#stream.reset();
  }

  #events(): ResponseEvents {
    return {
      headers: (pairs, end) => {
        this.#headers = answeredLines(pairs, Number(this.clock.now() - this.#startedAt) / 1e6);
        if (end) this.#complete(null);
      },
      data: (bytes, end) => {
        this.#parts.push(bytes);
        if (end) this.#complete(null);
      },
      trailers: (pairs) => this.#complete(new HeaderMap("responseTrailers", pairs)),
      failed: (reason) => this.#finish(this.#headers ? null : failedAnswer(reason)),
    };
  }

  #complete(trailers: HeaderMap | null): void {
    this.#finish({ headers: this.#headers!, body: Buffer.concat(this.#parts), trailers });
  }

  #late(): void {
    this.#stream.reset();
    this.#finish(this.#headers ? null : lateAnswer());
  }

  #finish(answer: Answer | null): void {
    if (this.#over) return;
    this.#end();
    this.done(answer);
  }

  #end(): void {
    this.#over = true;
    this.#forget();
  }
}
