import { sameBytes } from "../abi/compare";
import { Bytes } from "../abi/bytes";
import { joined } from "../abi/joined";
import { BufferType } from "../abi/enums";
import { Urgency, put, write } from "../abi/line";
import { utf8 } from "../abi/wire";
import * as random from "../host/random";
import { BodyTask } from "../http/body-task";
import { Exchange } from "../http/exchange";
import { HttpBase } from "../http/filter";
import { Action } from "../stream/action";
import * as buffer from "../stream/buffer";

// Bodies that are rewritten on their way. What a filter keeps back stays in the module, and so does what has to wait in front
// of it. When trailers come, bytes can be added only to what the host holds back at that moment. So it is told to hold, and is
// left an empty body or, once part of the body has gone on, a mark: hosts have one buffer for all filters of a message, and
// what a filter behind this one holds stands in front of the mark.

/** How much waits at most, rewritten, in front of what is kept back. */
const LONGEST_WAIT = 65536;

const MARK_SIZE = 16;

/** Has the filter rewrite what is new of a body. `size`: how much the host shows. */
export function rewrite(
  filter: HttpBase,
  x: Exchange,
  body: u32,
  task: BodyTask,
  size: i32,
  end: bool,
): Action {
  const at = task.marked ? place(task, buffer.read(body, 0, size)) : 0;
  if (at < 0) return lost(x);
  const chunk = task.chunk;
  const start = task.marked ? at + MARK_SIZE : 0;
  chunk.begin(joined(task.carried, buffer.read(body, start, size - start)), end);
  if (body == BufferType.RequestBody) filter.handleRequestChunk(x, chunk);
  else filter.handleResponseChunk(x, chunk);
  if (chunk.untouched && task.stash == 0 && !task.marked) return released(task);
  const ready = joined(task.ready, chunk.result);
  const holds = chunk.carried.length > 0 && ready.length <= LONGEST_WAIT && mayHold(task, body);
  if (!buffer.write(body, at, i32.MAX_VALUE, holds ? mark(task) : ready)) return lost(x);
  task.keep(holds ? ready : Bytes.view(0, 0), chunk.carried);
  return holds ? held(task) : released(task);
}

/** Trailers end a body that is rewritten. What is kept in the module can go on only where the host holds the body. */
export function end(filter: HttpBase, x: Exchange, body: u32, task: BodyTask): Action {
  if (task.waits) return rewrite(filter, x, body, task, buffer.lengthOf(body), true);
  return task.stash == 0 ? Action.Continue : lost(x);
}

/**
 * A request of which something has gone on is not held any more: Envoy's router keeps what it may have to send again in
 * the host's only buffer, and would send it twice.
 */
function mayHold(task: BodyTask, body: u32): bool {
  return !task.begun || body == BufferType.ResponseBody;
}

function held(task: BodyTask): Action {
  task.waits = true;
  return Action.Pause;
}

function released(task: BodyTask): Action {
  task.waits = false;
  task.marked = false;
  task.begun = true;
  return Action.Continue;
}

/** What the host is left where it has to hold. Nobody can foretell it, so no body holds it by chance or on purpose. */
function mark(task: BodyTask): Bytes {
  task.marked = task.begun;
  if (!task.begun) return Bytes.view(0, 0);
  const bytes = random.bytes(MARK_SIZE);
  memory.copy(task.mark, bytes.pointer, MARK_SIZE);
  return bytes;
}

/** Where the mark is; -1: nowhere. */
function place(task: BodyTask, all: Bytes): i32 {
  const start = all.pointer;
  for (let at = 0, last = all.length - MARK_SIZE; at <= last; ++at) {
    if (load<u64>(start + at) == load<u64>(task.mark) && sameBytes(start + at, task.mark, MARK_SIZE))
      return at;
  }
  return -1;
}

/** What is kept cannot go on any more: the stream is cut, not the body. */
function lost(x: Exchange): Action {
  put(utf8("the end of a body was kept back, and the host cannot take it any more: the stream is reset"));
  write(Urgency.Error);
  return x.reset();
}
