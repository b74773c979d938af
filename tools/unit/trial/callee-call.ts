import type { Header } from "../../emulator/index.js";
import type { ResponseEvents, UpstreamStream } from "../../emulator/proxy/upstream.js";
import { play, type Message } from "./messages.js";

/** What a cluster of a spec's does with a call once the request has arrived in full. */
export type Behaviour =
  | { does: "answer"; message: Message; afterMs: number }
  /** Sends each gRPC message back as it comes. */
  | { does: "echo" }
  /** Answers with headers, and breaks off. */
  | { does: "break" }
  | { does: "stall" }
  | { does: "refuse" };

/** What arrived at a callee. */
export interface Arrived {
  headers: readonly Header[];
  body: string;
  trailers: readonly Header[];
}

/** Has something happen when time has moved on by so many milliseconds, 0: as soon as the guests have returned. */
export type Schedule = (milliseconds: number, action: () => void) => void;

const OK: Header = [":status", "200"];
const GRPC: Header = ["content-type", "application/grpc"];

/** A callee's end of one call. */
export class CalleeCall implements UpstreamStream {
  readonly arrived: Arrived;
  /** Whether the caller gave up before the end. */
  cancelled = false;
  #over = false;

  constructor(
    private readonly behaviour: Behaviour,
    private readonly schedule: Schedule,
    private readonly events: ResponseEvents,
    headers: readonly Header[],
  ) {
    this.arrived = { headers: [...headers], body: "", trailers: [] };
  }

  begin(end: boolean): void {
    const { does } = this.behaviour;
    const { events } = this;
    if (does === "refuse") this.#finish(() => events.failed("remote connection failure"));
    if (does === "echo") this.#soon(() => events.headers([OK, GRPC], false));
    if (end) this.#complete();
  }

  data(bytes: Uint8Array, end: boolean): void {
    this.arrived.body += Buffer.from(bytes).toString("latin1");
    if (this.behaviour.does === "echo" && bytes.length > 0) this.#soon(() => this.events.data(bytes, false));
    if (end) this.#complete();
  }

  trailers(lines: readonly Header[]): void {
    this.arrived.trailers = [...lines];
    this.#complete();
  }

  reset(): void {
    if (!this.#over) this.cancelled = true;
    this.#over = true;
  }

  pause(): void {}
  resume(): void {}

  #complete(): void {
    const { behaviour, events } = this;
    if (behaviour.does === "echo") return this.#finish(() => events.trailers([["grpc-status", "0"]]));
    if (behaviour.does === "break") {
      this.#soon(() => events.headers([OK], false));
      return this.#finish(() => events.failed("remote reset"));
    }
    if (behaviour.does !== "answer") return;
    this.#finish(() => play(behaviour.message, receiver(events)), behaviour.afterMs);
  }

  #soon(action: () => void, milliseconds = 0): void {
    this.schedule(milliseconds, () => {
      if (!this.#over) action();
    });
  }

  #finish(last: () => void, milliseconds = 0): void {
    const finish = () => {
      this.#over = true;
      last();
    };
    this.#soon(finish, milliseconds);
  }
}

function receiver(events: ResponseEvents) {
  return {
    headers: (lines: readonly Header[], end: boolean) => events.headers([...lines], end),
    body: (chunk: string, end: boolean) => events.data(Buffer.from(chunk, "latin1"), end),
    trailers: (lines: readonly Header[]) => events.trailers([...lines]),
  };
}
