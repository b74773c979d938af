import { Bytes } from "../abi/bytes";
import * as clock from "../host/clock";
import { Flying } from "./flying";

/** Milliseconds that a call may take unless it says otherwise: below the 15 s after which an idle stream is ended. */
const USUAL_TIMEOUT: u32 = 5000;

/** What calls of both kinds have: authors make a `Call` or a `GrpcCall`. */
export abstract class AnyCall extends Flying {
  private content: Uint8Array | null = null;

  private began: u64 = 0;

  /** Milliseconds that the answer may take. */
  protected timeout: u32 = USUAL_TIMEOUT;

  /** `path` with its query. */
  constructor(
    readonly cluster: string,
    readonly method: string,
    readonly path: string,
  ) {
    super();
  }

  /** Hands it to the host: its number there, in `OUT`, or why not. For the library's own use. */
  abstract dispatch(): u32;

  protected setContent(bytes: Bytes): void {
    this.content = bytes.toArray();
  }

  protected setTimeout(milliseconds: u32): void {
    // To the host 0 means no limit at all, and what has 32 bits is below 0.
    this.timeout = min(max(milliseconds, 1), i32.MAX_VALUE);
  }

  /** Begins to count the time. For the library's own use. */
  begin(): void {
    this.began = clock.milliseconds();
  }

  /** Whether its time is up. For the library's own use. */
  isLate(): bool {
    // Read in whole milliseconds, the two moments may seem nearer than they are.
    return clock.milliseconds() + 1 >= this.began + this.timeout;
  }

  protected bodyView(): Bytes {
    const content = this.content;
    return content === null ? Bytes.view(0, 0) : Bytes.of(content);
  }
}
