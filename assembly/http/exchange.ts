import { MapType, StreamType } from "../abi/enums";
import { utf8 } from "../abi/wire";
import { Action } from "../stream/action";
import { Context } from "../stream/context";
import { Streams, markReplied } from "../stream/turn";
import { shows } from "./maps";
import { Request, Response } from "./message";
import { Reply, sendPlainReply } from "./reply";

/**
 * One request and its response. A filter that needs to keep something between the two extends this class and names its
 * own: `class Timing extends Exchange { began: u64 = 0 }`, `class Timer extends HttpFilter<Timing>`. Such an exchange
 * is made anew for each stream; where nothing needs one, the plain one is shared and holds nothing.
 */
export class Exchange extends Context {
  /** Whether this is the request's turn: its headers are in reach. */
  get inRequest(): bool {
    return shows(MapType.RequestHeaders);
  }

  get request(): Request {
    return changetype<Request>(1);
  }

  get response(): Response {
    return changetype<Response>(1);
  }

  /**
   * Answers in place of the upstream: return what it returns. From any callback until response headers have gone on; later
   * the host can only cut the response short. The body is sent as UTF-8 text. The first reply of a callback counts.
   * After a reply to a request the filter's own `onResponse` sees it. `details` is what access logs show as response
   * code details.
   */
  @inline
  reply(status: u32, body: string = "", details: string = ""): Action {
    if (Streams.tracked) this.beginReply();
    sendPlainReply(status, utf8(body), utf8(details));
    return Action.Pause;
  }

  /** `reply` with headers and more. */
  respond(reply: Reply): Action {
    if (Streams.tracked) this.beginReply();
    reply.send();
    return Action.Pause;
  }

  /** Ends the exchange without an answer: the client's stream is reset. From any callback. */
  reset(): Action {
    this.cut(StreamType.Request);
    return Action.Pause;
  }

  /** What waited is answered: nothing lets it go on any more. */
  private beginReply(): void {
    this.enter();
    this.held = 0;
    markReplied();
  }
}
