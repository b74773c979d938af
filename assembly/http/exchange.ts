import { BufferType, MapType, StreamType } from "../abi/enums";
import { utf8 } from "../abi/wire";
import { AnyCall } from "../callout/any-call";
import * as flight from "../callout/flight";
import { GrpcStream } from "../callout/grpc-stream";
import { Action } from "../stream/action";
import { clearRouteCache } from "../host/filter-state";
import { Context } from "../stream/context";
import { UpstreamFacts } from "../stream/facts";
import * as turn from "../stream/turn";
import { context, isLast } from "../stream/turn";
import { BodyTask, collecting, free, rewriting } from "./body-task";
import { Headers } from "./headers";
import { refuseOver, warnAnswered } from "./late";
import { openOther, shows } from "./maps";
import { Request, Response } from "./message";
import { Reply, sendPlainReply, sendReply } from "./reply";
import { STREAMS, ENDS, TRACKS, WATCHES_BODIES } from "../stream/needs";

/**
 * One request and its response. A filter that needs to keep something between the two extends this class and names its
 * own: `class Timing extends Exchange { began: u64 = 0 }`, `class Timer extends HttpFilter<Timing>`. Such an exchange
 * is made anew for each stream; where nothing needs one, the plain one is shared and holds nothing.
 */
export class Exchange extends Context {
  /** Bodies whose content-length is gone, a bit for each kind of body. For the library's own use. */
  freed: u32 = 0;

  /** Whether `onWholeRequest` got no more than the beginning of a body. */
  isCut: bool = false;

  /** Messages that waited when their headers came, a bit for each kind of body. For the library's own use. */
  headersHeld: u32 = 0;

  /** Whether the response's headers have gone on. For the library's own use. */
  answered: bool = false;

  private requestTask: BodyTask | null = null;
  private responseTask: BodyTask | null = null;

  /** Gives back what belonged to it. For the library's own use. */
  release(): void {
    if (STREAMS) flight.cancelAll(this);
    this.setTask(BufferType.RequestBody, null);
    this.setTask(BufferType.ResponseBody, null);
  }

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

  /** The upstream host. */
  get upstream(): UpstreamFacts {
    return changetype<UpstreamFacts>(1);
  }

  /**
   * Has the route chosen anew, after what it depends on was changed: a host does not do so by itself. In `onRequest`. False
   * where the host cannot.
   */
  clearRouteCache(): bool {
    return clearRouteCache();
  }

  /**
   * Answers in place of the upstream: return what it returns. From any callback until response headers have gone on; later
   * it cuts the response short, and once the exchange is over (`onLog`, `onEnd`) it does nothing: the log says so. The body
   * is sent as UTF-8 text. The first reply of a callback counts. After a reply to a request the filter's own `onResponse`
   * sees it. `details` is what access logs show as response code details.
   */
  @inline
  reply(status: u32, body: string = "", details: string = ""): Action {
    if (this.mayReply()) sendPlainReply(status, utf8(body), utf8(details));
    return Action.Pause;
  }

  /** `reply` with headers and more. */
  respond(reply: Reply): Action {
    if (this.mayReply()) reply.send();
    return Action.Pause;
  }

  /** `respond` for encoded texts and a pair list. For the library's own use. */
  respondEncoded(status: u32, body: usize, details: usize, list: usize, listSize: u32): Action {
    if (this.mayReply()) sendReply(status, body, details, list, listSize, -1);
    return Action.Pause;
  }

  /**
   * Makes a call for this exchange: return what it returns, and `onCallResponse` decides how it goes on. Several calls may be
   * under way at once. A call that the host refuses comes to its end in the same way, when the handler has returned. One that
   * has ended sends nothing.
   */
  send(call: AnyCall): Action {
    return this.enter() ? flight.send(call, this, null) : Action.Pause;
  }

  /** Opens a gRPC stream for this exchange. False: it has ended, or the host refuses the stream, and the log says why. */
  open(stream: GrpcStream): bool {
    return this.enter() && flight.open(stream, this, null);
  }

  /** Ends the exchange without an answer: the client's stream is reset. From any callback until it is over. */
  reset(): Action {
    if (ENDS && turn.over) refuseOver();
    else this.cut(StreamType.Request);
    turn.markReplied();
    return Action.Pause;
  }

  /**
   * Has the whole body collected before the request goes on: return what it returns, in `onRequest`. Then `onWholeRequest`
   * gets it, with the headers still in reach. A body over `limit` bytes is answered 413. The host's own limit for what it
   * buffers (1 MiB unless configured) holds as well. The configuration must say `allow_on_headers_stop_iteration`, as the
   * generated one does.
   */
  wholeRequest(limit: u32 = 1_048_576): Action {
    return this.collect(BufferType.RequestBody, limit, false);
  }

  /**
   * As `wholeRequest`, but of a body over `limit` bytes `onWholeRequest` gets the first ones. What follows comes to
   * `onRequestBody`: pause it there for as long as the request is to wait. `isCut` tells the one from the other.
   */
  beginningOfRequest(limit: u32 = 1_048_576): Action {
    return this.collect(BufferType.RequestBody, limit, true);
  }

  /** As `wholeRequest`, in `onResponse`, for `onWholeResponse`. A body over `limit` bytes is answered 500. */
  wholeResponse(limit: u32 = 1_048_576): Action {
    return this.collect(BufferType.ResponseBody, limit, false);
  }

  /**
   * Has the body rewritten on its way, part by part, by `onRequestChunk`: return what it returns, in `onRequest`. Its length
   * is unknown then, so content-length is removed.
   */
  rewriteRequest(): Action {
    if (!isLast()) this.rewrite(BufferType.RequestBody);
    return Action.Continue;
  }

  /** As `rewriteRequest`, in `onResponse`, by `onResponseChunk`. */
  rewriteResponse(): Action {
    if (!isLast()) this.rewrite(BufferType.ResponseBody);
    return Action.Continue;
  }

  /** See `Context`. Of the headers those are in reach then that wait with the exchange. */
  enter(): bool {
    const isOther = context != this.contextId;
    if (!super.enter()) return false;
    if (!isOther) return true;
    openOther();
    turn.markAnswered(this.answered);
    if (WATCHES_BODIES) turn.about(changetype<usize>(this));
    return true;
  }

  /** Lets go on what waits, except a body that is still being collected or rewritten: its handler decides then. */
  resume(): void {
    const streams = this.held & ~this.taken;
    this.headersHeld &= ~streams;
    if ((streams & (1 << StreamType.Response)) != 0) this.answered = true;
    this.letGo(streams);
  }

  /** Whether a body is being collected. For the library's own use. */
  collects(body: u32): bool {
    const task = this.task(body);
    return task !== null && !task.rewrites;
  }

  /** Directions in which the library itself waits, a bit for each. */
  private get taken(): u32 {
    return this.waitsFor(BufferType.RequestBody) | this.waitsFor(BufferType.ResponseBody);
  }

  private waitsFor(body: u32): u32 {
    const task = this.task(body);
    return task !== null && (task.waits || !task.rewrites) ? 1 << body : 0;
  }

  /** Answers a body that is too large. For the library's own use. */
  tooLarge(body: u32): Action {
    this.setTask(body, null);
    if (body == BufferType.RequestBody)
      return this.reply(413, "Payload Too Large", "request_payload_too_large");
    return this.reply(500, "Internal Server Error", "response_payload_too_large");
  }

  /** What is done with a body; null: nothing. For the library's own use. */
  task(body: u32): BodyTask | null {
    return body == BufferType.RequestBody ? this.requestTask : this.responseTask;
  }

  /** For the library's own use. */
  setTask(body: u32, task: BodyTask | null): void {
    const old = this.task(body);
    if (old !== null) free(old);
    if (body == BufferType.RequestBody) this.requestTask = task;
    else this.responseTask = task;
  }

  private collect(body: u32, limit: u32, partial: bool): Action {
    // What has no body may still announce one: the answer to HEAD, or 304.
    if (!partial && !isLast() && announcedLength(headersOf(body)) > limit) return this.tooLarge(body);
    this.setTask(body, collecting(limit, partial));
    return Action.Pause;
  }

  private rewrite(body: u32): void {
    headersOf(body).remove("content-length");
    this.setTask(body, rewriting());
  }

  @inline
  private mayReply(): bool {
    if (ENDS && turn.over) return refuseOver();
    if (TRACKS && !this.beginReply()) return false;
    if (ENDS && turn.answered) warnAnswered();
    return true;
  }

  /** What waited is answered: nothing lets it go on any more. False: it has ended. */
  private beginReply(): bool {
    if (!this.enter()) return false;
    this.held = 0;
    turn.markReplied();
    return true;
  }
}

function headersOf(body: u32): Headers {
  return changetype<Headers>(
    body == BufferType.RequestBody ? MapType.RequestHeaders : MapType.ResponseHeaders,
  );
}

/** What content-length says; 0 where it says nothing that can be relied on, as the body's own length counts then. */
function announcedLength(headers: Headers): u64 {
  const text = headers.onlyBytes("content-length");
  if (text === null) return 0;
  let length: u64 = 0;
  for (let i = 0; i < text.length; ++i) {
    const digit = <u32>text.at(i) - 0x30;
    if (digit > 9 || length > u32.MAX_VALUE) return length;
    length = length * 10 + digit;
  }
  return length;
}
