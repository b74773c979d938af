import { Bytes } from "../abi/bytes";
import { Action } from "../stream/action";
import { FilterBase } from "../filter/base";
import { Context } from "../stream/context";
import { CallResponse } from "../callout/response";
import { Chunk } from "./chunk";
import { Exchange } from "./exchange";
import { TRACKS } from "../stream/needs";

/** What the runtime knows of a filter for HTTP, whatever its exchanges are. Authors extend `HttpFilter`. */
export abstract class HttpBase extends FilterBase {
  abstract handleRequest(x: Exchange): Action;
  abstract handleRequestBody(x: Exchange, end: bool): Action;
  abstract handleRequestTrailers(x: Exchange): Action;
  abstract handleWholeRequest(x: Exchange, body: Bytes): Action;
  abstract handleRequestChunk(x: Exchange, chunk: Chunk): void;
  abstract handleResponse(x: Exchange): Action;
  abstract handleResponseBody(x: Exchange, end: bool): Action;
  abstract handleResponseTrailers(x: Exchange): Action;
  abstract handleWholeResponse(x: Exchange, body: Bytes): Action;
  abstract handleResponseChunk(x: Exchange, chunk: Chunk): void;
}

/**
 * A filter for HTTP. Its fields are its settings, read with `config.…`; it lives as long as its configuration and serves
 * all requests, so nothing that belongs to one request may be kept in it: that goes into a subclass of `Exchange`.
 * Override what you need; a callback that nobody overrides is not even called.
 */
export class HttpFilter<E extends Exchange = Exchange> extends HttpBase {
  /** Request headers have arrived. The place to refuse, to change the request, to pick a route. */
  onRequest(x: E): Action {
    return Action.Continue;
  }

  /**
   * Part of the request's body has arrived: `x.request.body`. Continue lets it go on; Pause keeps it back, and the next
   * call shows it together with what follows. `end` is never true where trailers follow.
   */
  onRequestBody(x: E, end: bool): Action {
    return Action.Continue;
  }

  /** Request trailers have arrived: `x.request.trailers`. They end the request. */
  onRequestTrailers(x: E): Action {
    return Action.Continue;
  }

  /** The whole body has arrived, after `onRequest` returned `x.wholeRequest(…)`; the request's headers are still held. */
  onWholeRequest(x: E, body: Bytes): Action {
    return Action.Continue;
  }

  /** The next part of a body that is rewritten on its way, after `onRequest` returned `x.rewriteRequest()`. */
  onRequestChunk(x: E, chunk: Chunk): void {}

  /** Response headers have arrived, from the upstream or from a reply sent by a filter or the proxy itself. */
  onResponse(x: E): Action {
    return Action.Continue;
  }

  /** Part of the response's body has arrived: `x.response.body`. As `onRequestBody`. */
  onResponseBody(x: E, end: bool): Action {
    return Action.Continue;
  }

  /** Response trailers have arrived: `x.response.trailers`. They end the response. */
  onResponseTrailers(x: E): Action {
    return Action.Continue;
  }

  /** The whole body has arrived, after `onResponse` returned `x.wholeResponse(…)`; the response's headers are still held. */
  onWholeResponse(x: E, body: Bytes): Action {
    return Action.Continue;
  }

  /** The next part of a body that is rewritten on its way, after `onResponse` returned `x.rewriteResponse()`. */
  onResponseChunk(x: E, chunk: Chunk): void {}

  /**
   * A call that `x.send(…)` began has come to its end, well or not. Continue lets go on what waits for it, Pause waits on,
   * for another call for example.
   */
  onCallResponse(x: E, response: CallResponse): Action {
    return Action.Continue;
  }

  /** All is over and can be written to a log: headers and trailers of both sides are shown once more, and cannot be changed. */
  onLog(x: E): void {}

  /** The exchange has ended, well or not; it was the last time that something is heard of it. */
  onEnd(x: E): void {}

  @inline
  keepsState(): bool {
    return TRACKS || idof<E>() != idof<Exchange>();
  }

  newContext(): Context {
    return instantiate<E>();
  }

  handleRequest(x: Exchange): Action {
    return this.onRequest(changetype<E>(x));
  }

  handleRequestBody(x: Exchange, end: bool): Action {
    return this.onRequestBody(changetype<E>(x), end);
  }

  handleRequestTrailers(x: Exchange): Action {
    return this.onRequestTrailers(changetype<E>(x));
  }

  handleWholeRequest(x: Exchange, body: Bytes): Action {
    return this.onWholeRequest(changetype<E>(x), body);
  }

  handleRequestChunk(x: Exchange, chunk: Chunk): void {
    this.onRequestChunk(changetype<E>(x), chunk);
  }

  handleResponse(x: Exchange): Action {
    return this.onResponse(changetype<E>(x));
  }

  handleResponseBody(x: Exchange, end: bool): Action {
    return this.onResponseBody(changetype<E>(x), end);
  }

  handleResponseTrailers(x: Exchange): Action {
    return this.onResponseTrailers(changetype<E>(x));
  }

  handleWholeResponse(x: Exchange, body: Bytes): Action {
    return this.onWholeResponse(changetype<E>(x), body);
  }

  handleResponseChunk(x: Exchange, chunk: Chunk): void {
    this.onResponseChunk(changetype<E>(x), chunk);
  }

  handleCallResponse(context: Context, response: CallResponse): Action {
    return this.onCallResponse(changetype<E>(context), response);
  }

  handleLog(context: Context): void {
    this.onLog(changetype<E>(context));
  }

  handleEnd(context: Context): void {
    this.onEnd(changetype<E>(context));
  }
}
