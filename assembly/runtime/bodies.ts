import { Bytes } from "../abi/bytes";
import { BufferType } from "../abi/enums";
import { Exchange } from "../http/exchange";
import { HttpBase } from "../http/filter";
import { Action } from "../stream/action";
import * as buffer from "../stream/buffer";
import { REWRITES_BODIES } from "../stream/needs";
import { replied } from "../stream/turn";
import * as rewriting from "./rewriting";

// What the library does with bodies for a filter: it collects one before the filter sees it, or hands it on in parts.

/** A part of a body has come. `size`: how much the host shows, with what was kept back before. */
export function arrived(filter: HttpBase, x: Exchange, body: u32, size: i32, end: bool): Action {
  const task = x.task(body);
  if (task === null)
    return isRequest(body) ? filter.handleRequestBody(x, end) : filter.handleResponseBody(x, end);
  if (REWRITES_BODIES && task.rewrites) return rewriting.rewrite(filter, x, body, task, size, end);
  if (<u32>size > task.limit) return task.partial ? judged(filter, x, body, size) : x.tooLarge(body);
  return end ? judged(filter, x, body, size) : Action.Pause;
}

/** Headers have come and the body is to be collected: without a body it is judged at once. */
export function collected(filter: HttpBase, x: Exchange, body: u32): Action {
  return x.task(body) === null ? Action.Pause : judged(filter, x, body, 0);
}

/** Trailers have come: they end the body. */
export function trailed(filter: HttpBase, x: Exchange, body: u32): Action {
  const task = x.task(body);
  let action = Action.Continue;
  if (task !== null) {
    const rewrites = REWRITES_BODIES && task.rewrites;
    action = rewrites ? rewriting.end(filter, x, body, task) : judged(filter, x, body, -1);
  }
  if (replied) return action;
  const own = isRequest(body) ? filter.handleRequestTrailers(x) : filter.handleResponseTrailers(x);
  return own == Action.Continue ? action : own;
}

/** Shows the filter a whole body, once. A size below 0 is unknown. */
function judged(filter: HttpBase, x: Exchange, body: u32, size: i32): Action {
  const task = x.task(body);
  let length = size < 0 ? buffer.lengthOf(body) : size;
  if (task !== null && <u32>length > task.limit) {
    if (!task.partial) return x.tooLarge(body);
    length = <i32>task.limit;
    x.isCut = true;
  }
  x.setTask(body, null);
  const bytes = length == 0 ? Bytes.view(0, 0) : buffer.read(body, 0, length);
  return isRequest(body) ? filter.handleWholeRequest(x, bytes) : filter.handleWholeResponse(x, bytes);
}

function isRequest(body: u32): bool {
  return body == BufferType.RequestBody;
}
