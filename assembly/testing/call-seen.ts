import { call_body, call_cancelled, call_header, call_trailer } from "./harness";
import { fetch, fetchText } from "./text";

/** What a callee got of a filter's call. */
export class CallSeen {
  /** For the harness. */
  constructor(
    private cluster: string,
    private index: i32,
  ) {}

  /** A header, null where it is absent; of several the first. */
  header(name: string): string | null {
    return fetch(call_header(this.cluster, this.index, name, 0));
  }

  /** A trailer, null where it is absent; of several the first. */
  trailer(name: string): string | null {
    return fetch(call_trailer(this.cluster, this.index, name, 0));
  }

  /** The body, each byte a character; of a gRPC call with its frames. */
  get body(): string {
    return fetchText(call_body(this.cluster, this.index));
  }

  /** Whether the caller gave up before the answer was complete: its time ran out, or it cancelled. */
  get cancelled(): bool {
    return call_cancelled(this.cluster, this.index);
  }
}
