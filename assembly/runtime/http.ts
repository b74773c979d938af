import { begin } from "../abi/arena";
import { collectIfDue } from "../abi/collect";
import { MapType, StreamType } from "../abi/enums";
import { HttpBase } from "../http/filter";
import { Exchange } from "../http/exchange";
import { openOnly } from "../http/maps";
import { Action } from "../stream/action";
import * as turn from "../stream/turn";
import { PLAIN, contextOf, filterOf, refuse } from "./lookup";
import { plain } from "./registry";

// The callbacks of an HTTP stream.

/** The filter whose turn it is. */
let filter: HttpBase = changetype<HttpBase>(0);

const NOBODY = changetype<Exchange>(0);

/** `proxy_on_request_headers` */
export function requestHeaders(id: u32, end: bool): Action {
  const x = begun(id, MapType.RequestHeaders);
  return !isDefined(MESHSCRIPT_PLAIN) && x === NOBODY
    ? refuse(id)
    : settle(x, StreamType.Request, filter.handleRequest(x));
}

/** `proxy_on_request_body` */
export function requestBody(id: u32, size: u32, end: bool): Action {
  const x = begun(id, MapType.RequestHeaders);
  return !isDefined(MESHSCRIPT_PLAIN) && x === NOBODY
    ? refuse(id)
    : settle(x, StreamType.Request, filter.handleRequestBody(x, end));
}

/** `proxy_on_request_trailers` */
export function requestTrailers(id: u32): Action {
  const x = begun(id, MapType.RequestTrailers);
  return !isDefined(MESHSCRIPT_PLAIN) && x === NOBODY
    ? refuse(id)
    : settle(x, StreamType.Request, filter.handleRequestTrailers(x));
}

/** `proxy_on_response_headers` */
export function responseHeaders(id: u32, end: bool): Action {
  const x = begun(id, MapType.ResponseHeaders);
  return !isDefined(MESHSCRIPT_PLAIN) && x === NOBODY
    ? refuse(id)
    : settle(x, StreamType.Response, filter.handleResponse(x));
}

/** `proxy_on_response_body` */
export function responseBody(id: u32, size: u32, end: bool): Action {
  const x = begun(id, MapType.ResponseHeaders);
  return !isDefined(MESHSCRIPT_PLAIN) && x === NOBODY
    ? refuse(id)
    : settle(x, StreamType.Response, filter.handleResponseBody(x, end));
}

/** `proxy_on_response_trailers` */
export function responseTrailers(id: u32): Action {
  const x = begun(id, MapType.ResponseTrailers);
  return !isDefined(MESHSCRIPT_PLAIN) && x === NOBODY
    ? refuse(id)
    : settle(x, StreamType.Response, filter.handleResponseTrailers(x));
}

/** Begins a callback: finds the filter and the exchange, `NOBODY` where nobody answers for the stream. */
function begun(id: u32, map: MapType): Exchange {
  begin();
  collectIfDue();
  turn.begin(id);
  openOnly(map);
  if (isDefined(MESHSCRIPT_PLAIN)) {
    filter = changetype<HttpBase>(plain);
    return changetype<Exchange>(PLAIN);
  }
  const found = filterOf(id);
  if (found === null) return NOBODY;
  filter = changetype<HttpBase>(found);
  return changetype<Exchange>(contextOf(id, found));
}

/** Remembers what waits, for `resume`. What was answered waits for nothing. */
function settle(x: Exchange, stream: StreamType, action: Action): Action {
  if (!turn.Streams.tracked) return action;
  if (action == Action.Pause && !turn.replied) x.held |= 1 << stream;
  else x.held &= ~(1 << stream);
  return action;
}
