import { begin } from "../abi/arena";
import { collectIfDue } from "../abi/collect";
import { BufferType, MapType } from "../abi/enums";
import { Exchange } from "../http/exchange";
import { HttpBase } from "../http/filter";
import { openAlso, openNone, openOnly, shows } from "../http/maps";
import { Action } from "../stream/action";
import * as turn from "../stream/turn";
import * as bodies from "./bodies";
import * as callouts from "./callouts";
import { PLAIN, contextOf, filterOf, refuse, refuseResponse } from "./lookup";
import { plain } from "./registry";
import { CALLS, COLLECTS_BODIES, TRACKS, WATCHES_BODIES } from "../stream/needs";

// The callbacks of an HTTP stream. Requests and responses are told apart by the kinds of their bodies, whose bits also
// say in which direction an exchange waits.

const REQUEST: u32 = BufferType.RequestBody;
const RESPONSE: u32 = BufferType.ResponseBody;

/** All that follows is stopped, the body included, until the exchange is resumed. */
const STOP_ALL = <Action>4;

const NOBODY = changetype<Exchange>(0);

/** The filter whose turn it is. */
let filter: HttpBase = changetype<HttpBase>(0);

/** `proxy_on_request_headers` */
export function requestHeaders(id: u32, end: bool): Action {
  const x = begun(id, end, MapType.RequestHeaders);
  if (!isDefined(MESHSCRIPT_PLAIN) && x === NOBODY) return refuse(id);
  return headed(x, REQUEST, filter.handleRequest(x));
}

/** `proxy_on_request_body` */
export function requestBody(id: u32, size: u32, end: bool): Action {
  const x = begun(id, end, MapType.RequestHeaders);
  if (!isDefined(MESHSCRIPT_PLAIN) && x === NOBODY) return refuse(id);
  openHeld(x, REQUEST, MapType.RequestHeaders);
  return settled(
    x,
    REQUEST,
    TRACKS ? bodies.arrived(filter, x, REQUEST, size, end) : filter.handleRequestBody(x, end),
  );
}

/** `proxy_on_request_trailers` */
export function requestTrailers(id: u32): Action {
  const x = begun(id, true, MapType.RequestHeaders);
  if (!isDefined(MESHSCRIPT_PLAIN) && x === NOBODY) return refuse(id);
  openHeld(x, REQUEST, MapType.RequestHeaders);
  openAlso(MapType.RequestTrailers);
  return settled(x, REQUEST, TRACKS ? bodies.trailed(filter, x, REQUEST) : filter.handleRequestTrailers(x));
}

/** `proxy_on_response_headers` */
export function responseHeaders(id: u32, end: bool): Action {
  const x = begun(id, end, MapType.ResponseHeaders);
  if (!isDefined(MESHSCRIPT_PLAIN) && x === NOBODY) return refuseResponse(id);
  return headed(x, RESPONSE, filter.handleResponse(x));
}

/** `proxy_on_response_body` */
export function responseBody(id: u32, size: u32, end: bool): Action {
  const x = begun(id, end, MapType.ResponseHeaders);
  if (!isDefined(MESHSCRIPT_PLAIN) && x === NOBODY) return refuseResponse(id);
  openHeld(x, RESPONSE, MapType.ResponseHeaders);
  turn.markAnswered(!shows(MapType.ResponseHeaders));
  return settled(
    x,
    RESPONSE,
    TRACKS ? bodies.arrived(filter, x, RESPONSE, size, end) : filter.handleResponseBody(x, end),
  );
}

/** `proxy_on_response_trailers` */
export function responseTrailers(id: u32): Action {
  const x = begun(id, true, MapType.ResponseHeaders);
  if (!isDefined(MESHSCRIPT_PLAIN) && x === NOBODY) return refuseResponse(id);
  openHeld(x, RESPONSE, MapType.ResponseHeaders);
  turn.markAnswered(!shows(MapType.ResponseHeaders));
  openAlso(MapType.ResponseTrailers);
  return settled(
    x,
    RESPONSE,
    TRACKS ? bodies.trailed(filter, x, RESPONSE) : filter.handleResponseTrailers(x),
  );
}

/** Begins a callback: finds the filter and the exchange, `NOBODY` where nobody answers for the stream. */
function begun(id: u32, end: bool, map: MapType): Exchange {
  begin();
  collectIfDue();
  turn.begin(id, end);
  openOnly(map);
  if (isDefined(MESHSCRIPT_PLAIN)) {
    filter = changetype<HttpBase>(plain);
    return changetype<Exchange>(PLAIN);
  }
  const found = filterOf(id);
  if (found === null) return NOBODY;
  filter = changetype<HttpBase>(found);
  const x = changetype<Exchange>(contextOf(id, found));
  if (WATCHES_BODIES) turn.about(changetype<usize>(x));
  return x;
}

/** Headers that wait with their body are still in reach when it comes. */
function openHeld(x: Exchange, body: u32, map: MapType): void {
  openNone();
  if (!TRACKS) return;
  const bit: u32 = 1 << body;
  if ((x.held & bit) == 0) x.headersHeld &= ~bit;
  if ((x.headersHeld & bit) != 0) openOnly(map);
}

/** What becomes of a message after its headers' handler. */
function headed(x: Exchange, body: u32, action: Action): Action {
  if (!TRACKS) return action;
  if (action == Action.Continue || turn.replied) return settled(x, body, action);
  x.headersHeld |= 1 << body;
  if (!x.collects(body)) return stopped(settled(x, body, action));
  if (!turn.isLast()) return settled(x, body, action);
  return stopped(settled(x, body, bodies.collected(filter, x, body)));
}

/** Where the host would show the body while headers wait, it is told to wait with all of it. */
function stopped(action: Action): Action {
  if (!COLLECTS_BODIES) return action;
  return action == Action.Pause && !turn.replied ? STOP_ALL : action;
}

/** Remembers what waits, for `resume`. What was answered waits for nothing. */
function settled(x: Exchange, body: u32, action: Action): Action {
  if (!TRACKS) return action;
  if (CALLS) action = callouts.settle(x.contextId, action);
  if (action == Action.Pause && !turn.replied) x.held |= 1 << body;
  else x.held &= ~(1 << body);
  if (body == RESPONSE && action == Action.Continue) x.answered = true;
  return action;
}
