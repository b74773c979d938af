import { Handle, exchange_answer, exchange_close } from "./harness";
import { Seen } from "./seen";

/** An exchange whose request was sent and which the upstream has not answered yet. */
export class OpenExchange {
  /** What was seen so far, and whatever is seen later. */
  readonly seen: Seen;

  /** For the harness. */
  constructor(private handle: Handle) {
    this.seen = new Seen(handle);
  }

  /** The upstream answers, if the request has reached it; the exchange stays open, so that a response can wait. */
  answer(): Seen {
    exchange_answer(this.handle);
    return this.seen;
  }

  /** The upstream answers, if the request has reached it, and the exchange ends. */
  finish(): Seen {
    this.answer();
    return this.close();
  }

  /** The exchange ends as it stands: the client went away. */
  close(): Seen {
    exchange_close(this.handle);
    return this.seen;
  }
}
